import { connect, type NatsConnection, type Subscription } from '@nats-io/transport-node';
import type { FastifyBaseLogger } from 'fastify';
import type { Wire } from './wire.ts';

const retryMs = 1_000;
const retryJitterMs = 500;

/** reliability.md 4.1: the client's own defaults give up for ever after 20 s and take minutes to see a dead link. */
const patience = {
  maxReconnectAttempts: -1,
  waitOnFirstConnect: true,
  ignoreAuthErrorAbort: true,
  pingInterval: 10_000,
  maxPingOut: 2,
  timeout: 2_000,
  noEcho: true,
} as const;

type NatsOptions = {
  /** One broker or several, separated by commas; credentials in the address. */
  url: string;
  log: FastifyBaseLogger;
  hear: (text: string, subject: string) => void;
  /** Told after each connection, the first included. */
  onUp: () => void;
};

export type NatsWire = Wire & {
  /** Says a text on a subject; to nobody while the broker is away. */
  say(subject: string, text: string): void;
  /** From here on hears these subjects and no others. */
  follow(subjects: ReadonlySet<string>): void;
};

/** A connection to NATS that is never given up; the process starts, runs and stops without a broker as with one. This is the only file that knows NATS. */
export const openNats = ({ url, log, hear, onUp }: NatsOptions): NatsWire => {
  const heard = new Map<string, Subscription>();
  let wanted: ReadonlySet<string> = new Set();
  let connection: NatsConnection | null = null;
  let isUp = false;
  let isStopped = false;

  const settle = (): void => {
    if (!connection || isStopped) return;
    for (const [subject, subscription] of heard) {
      if (wanted.has(subject)) continue;
      subscription.unsubscribe();
      heard.delete(subject);
    }
    for (const subject of wanted)
      if (!heard.has(subject))
        heard.set(
          subject,
          connection.subscribe(subject, {
            callback: (error, message) => {
              if (!error) hear(message.string(), subject);
            },
          }),
        );
  };
  const up = (): void => {
    isUp = true;
    onUp();
  };
  const watch = async (open: NatsConnection): Promise<void> => {
    for await (const { type } of open.status()) {
      if (type === 'reconnect') up();
      else if (type === 'disconnect' || type === 'close') {
        if (isUp && !isStopped) log.warn('the broker is away: the hubs look every second');
        isUp = false;
      }
    }
  };
  /** Called before each try, the only way to end those that come before the first connection. */
  const nextTryMs = (): number => {
    if (isStopped) throw new Error('stopped');
    return retryMs + Math.random() * retryJitterMs;
  };
  const open = async (): Promise<void> => {
    const opened = await connect({
      ...patience,
      servers: url.split(','),
      reconnectTimeWait: retryMs,
      reconnectDelayHandler: nextTryMs,
      name: 'palier',
    });
    connection = opened;
    if (isStopped) return opened.close();
    void watch(opened);
    settle();
    up();
    await opened.closed();
    isUp = false;
  };
  const opening = open().catch((error: unknown) => {
    if (!isStopped) log.error({ err: error }, 'NATS_URL cannot be used: the hubs look every second');
  });

  return {
    isUp: () => isUp,
    say: (subject, text) => {
      if (isUp && connection && !connection.isClosed()) connection.publish(subject, text);
    },
    follow: (subjects) => {
      wanted = subjects;
      settle();
    },
    stop: async () => {
      isStopped = true;
      isUp = false;
      if (!connection) return; // it is still trying, and ends at its next try
      await connection.close();
      await opening;
    },
  };
};
