import type { FastifyBaseLogger } from 'fastify';
import pg from 'pg';
import type { Hub } from './hub.ts';

export type BusMode = 'local' | 'postgres' | 'nats' | 'polling';

type BusOptions = {
  /** The application's own URL, straight to PostgreSQL: LISTEN does not pass a transaction pooler. */
  url: string;
  hub: Pick<Hub, 'wake'>;
  log: FastifyBaseLogger;
  /** Whether the sequencer is in this very process, and wakes the hub by itself. */
  isHolder: () => boolean;
  /** How often the hub looks by itself, in ms, whatever the wake-ups do. */
  pollMs?: number;
};

export type Bus = { mode(): BusMode; stop(): Promise<void> };

/**
 * Wakes the hub of this process when another one stamped: by the sequencer's NOTIFY, and by looking every second in any case. Only ever "look again": after each
 * connection it looks, since what was said in between was said to nobody.
 */
export const startBus = ({ url, hub, log, isHolder, pollMs = 1_000 }: BusOptions): Bus => {
  let isListening = false;
  let isStopped = false;
  let client: pg.Client | null = null;
  let retry: NodeJS.Timeout | undefined;
  let tries = 0;

  const lost = (): void => {
    isListening = false;
    client = null;
    if (isStopped) return;
    tries += 1;
    retry = setTimeout(listen, Math.random() * Math.min(10_000, 250 * 2 ** tries));
    retry.unref();
  };
  const listen = (): void => {
    const mine = new pg.Client({
      connectionString: url,
      application_name: 'palier listen',
      connectionTimeoutMillis: 2_000,
      keepAlive: true,
    });
    client = mine;
    mine.on('error', (error) => log.warn({ err: error.message }, 'listening connection lost'));
    mine.on('notification', ({ payload }) => hub.wake(Number(payload)));
    mine.once('end', lost);
    mine
      .connect()
      .then(() => mine.query('listen palier_stream'))
      .then(() => {
        isListening = true;
        tries = 0;
        hub.wake();
      })
      .catch((error: Error) => {
        log.warn({ err: error.message }, 'cannot listen: the hub looks every second');
        void mine.end().catch(() => undefined);
      });
  };
  listen();
  const polling = setInterval(() => hub.wake(), pollMs);
  polling.unref();

  return {
    mode: () => (isHolder() ? 'local' : isListening ? 'postgres' : 'polling'),
    stop: async () => {
      isStopped = true;
      clearInterval(polling);
      clearTimeout(retry);
      await client?.end().catch(() => undefined);
    },
  };
};
