import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import pg from 'pg';
import type { AuditTail } from './audit-tail.ts';
import type { HeardDoorbell } from './doorbell.ts';
import { renewLease, tryElection } from './election.ts';
import { FencedOff, type Held, type InsertJobs, leaseMs, listWaiting, stampBatch, type WaitingRow } from './stamp.ts';
import type { StampedEvent } from './stamped-event.ts';

export type SequencerOptions = {
  /** The application's own URL, straight to PostgreSQL: a lock does not survive a pooler. */
  url: string;
  log: FastifyBaseLogger;
  /** Hears each batch once it is committed, in order. */
  publish: (events: readonly StampedEvent[]) => void;
  insertJobs?: InsertJobs;
  /** Signs the audit chain's end, each minute that it grew and at the stop. */
  signTail?: (tail: AuditTail) => void;
  doorbell?: HeardDoorbell;
  /** How often it looks for rows that other processes committed, in ms. */
  pollMs?: number;
};

export type Sequencer = {
  /** Whether this process stamps. */
  isHolder(): boolean;
  /** Stamps what is there, signs the tail, and lets another take over at once. */
  stop(): Promise<void>;
};

const retryMs = 700;
const signEveryMs = 60_000;

/**
 * The one who gives committed rows their dense place in the stream, if this process is elected; a candidate otherwise, that takes over within 7 s of the holder's last sign of life.
 * It works on a connection of its own that holds the lock: a process that was stopped and comes back finds its connection ended and its fence outgrown, and stamps nothing.
 */
export const startSequencer = async ({
  url,
  log,
  publish,
  insertJobs,
  signTail,
  doorbell,
  pollMs = 25,
}: SequencerOptions): Promise<Sequencer> => {
  let isStopping = false;
  let held: Held | null = null;
  let rung = false;
  let wake: () => void = () => undefined;
  doorbell?.onRing(() => {
    rung = true;
    if (held) wake();
  });
  /** Waits until it is stopped, `ms` have passed or, when it `listens`, the doorbell rings. */
  const pause = async (ms: number, listens: boolean): Promise<void> => {
    if ((listens && rung) || isStopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    wake = () => undefined;
  };

  const sign = (tail: AuditTail): void => {
    if (tail.seq === 0) return;
    try {
      signTail?.(tail);
    } catch (error) {
      log.error({ err: error }, 'the audit tail could not be signed');
    }
  };

  /** Stamps until stopped, fenced off or cut off. */
  const hold = async (client: pg.Client, mine: Held): Promise<void> => {
    let leaseAt = performance.now();
    let signAt = leaseAt;
    let signed = 0;
    const signIfDue = (isLast: boolean): void => {
      if (mine.tail.seq === signed || (!isLast && performance.now() < signAt)) return;
      sign(mine.tail);
      signed = mine.tail.seq;
      signAt = performance.now() + signEveryMs;
    };
    const hush = (): void => {
      rung = false;
    };
    let next: Promise<WaitingRow[]> | null = null;
    for (;;) {
      if (!next) hush();
      const rows: WaitingRow[] = await (next ?? listWaiting(client));
      next = null;
      if (rows.length > 0) {
        const { events, waiting } = await stampBatch(client, mine, rows, insertJobs, hush);
        leaseAt = performance.now();
        publish(events);
        next = waiting;
      } else if (isStopping) break;
      else if (performance.now() - leaseAt > leaseMs / 4) {
        if (!(await renewLease(client, mine))) throw new FencedOff('the stream is held by another process');
        leaseAt = performance.now();
      }
      signIfDue(false);
      if (!next) await pause(pollMs, true);
    }
    signIfDue(true);
  };

  /** One connection's life: candidate, then holder. */
  const serve = async (onFirst: () => void): Promise<void> => {
    const client = new pg.Client({
      connectionString: url,
      application_name: `palier sequencer ${process.pid}`, // so that whoever looks at the database knows which process it is
      connectionTimeoutMillis: 2_000,
      statement_timeout: 5_000,
      idle_in_transaction_session_timeout: 10_000,
      keepAlive: true,
      options: '-c plan_cache_mode=force_generic_plan', // arrays of a batch are of another length each time, and would be planned for each time
      pipeline: true, // what a batch writes goes out together: one journey for its begin, its stamp and its jobs
    });
    client.on('error', (error) => log.warn({ err: error.message }, 'sequencer connection lost'));
    try {
      await client.connect();
      while (!isStopping) {
        const mine = await tryElection(client);
        onFirst();
        if (mine) {
          held = mine;
          await hold(client, mine);
        } else await pause(retryMs, false);
      }
    } finally {
      held = null;
      await Promise.race([client.end().catch(() => undefined), sleep(1_000, undefined, { ref: false })]);
    }
  };

  let running: Promise<void> = Promise.resolve();
  await new Promise<void>((resolve) => {
    running = (async () => {
      while (!isStopping) {
        try {
          await serve(resolve);
        } catch (error) {
          log.warn({ err: error instanceof Error ? error.message : error }, 'sequencer begins again');
        }
        resolve();
        if (!isStopping) await pause(100 + Math.random() * 400, false);
      }
    })();
  });
  return {
    isHolder: () => held !== null,
    stop: async () => {
      isStopping = true;
      wake();
      await running;
    },
  };
};
