import type { FastifyBaseLogger } from 'fastify';
import pg from 'pg';
import type { Wire } from './wire.ts';

type ListenOptions = {
  /** The application's own URL, straight to PostgreSQL: LISTEN does not pass a transaction pooler. */
  url: string;
  wake: (upTo?: number) => void;
  /** Told what another process says beside the stream. */
  hear: (text: string) => void;
  log: FastifyBaseLogger;
};

/** What hears the sequencer's NOTIFY, and says and hears what processes tell one another. */
export type Listening = Wire & {
  /** Says a text to every process that listens; to nobody while the connection is away. */
  say(text: string): void;
};

/** Hears the sequencer's NOTIFY on a connection of its own, opened again for ever, and looks after each opening, since what was said in between was said to nobody. */
export const openListening = ({ url, wake, hear, log }: ListenOptions): Listening => {
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
    mine.on('notification', ({ channel, payload = '' }) =>
      channel === 'palier_said' ? hear(payload) : wake(Number(payload)),
    );
    mine.once('end', lost);
    mine
      .connect()
      .then(() => mine.query('listen palier_stream; listen palier_said'))
      .then(() => {
        isListening = true;
        tries = 0;
        wake();
      })
      .catch((error: Error) => {
        log.warn({ err: error.message }, 'cannot listen: the hub looks every second');
        void mine.end().catch(() => undefined);
      });
  };
  listen();
  return {
    isUp: () => isListening,
    say: (text) => {
      if (!isListening) return;
      client?.query('select pg_notify($1, $2)', ['palier_said', text]).catch((error: Error) => {
        log.debug({ err: error.message }, 'nothing was said to the other processes');
      });
    },
    stop: async () => {
      isStopped = true;
      clearTimeout(retry);
      await client?.end().catch(() => undefined);
    },
  };
};
