import { inTransaction, openDatabase, openPool } from '@palier/db';
import { freshDatabase } from '@palier/db/testing';
import { pino } from 'pino';
import { afterAll } from 'vitest';
import { type SequencerOptions, type StampedEvent, startSequencer } from '../src/live/index.ts';
import { record } from '../src/record.ts';

export const entry = {
  at: new Date(),
  actorId: null,
  actorRole: 'system' as const,
  action: 'test.act',
  subject: 'test',
};

/** The numbers from one to another, both included. */
export const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n);

/** A stream of its own, in a database that nobody else writes to, without a sequencer until one is begun. */
export const openStream = async () => {
  const { appUrl } = await freshDatabase('migrated');
  const pool = openPool({ url: appUrl, max: 20, applicationName: 'test' });
  afterAll(() => pool.end());
  const db = openDatabase(pool);
  const write = () => inTransaction(db, (tx) => record(tx, entry));
  const stamped: StampedEvent[] = [];
  const begin = (options: Partial<SequencerOptions> = {}) =>
    startSequencer({
      url: appUrl,
      log: pino({ level: 'silent' }),
      publish: (events) => stamped.push(...events),
      ...options,
    });
  const seqs = async () =>
    (await pool.query<{ seq: string }>('select seq from outbox where seq is not null order by seq')).rows.map(
      ({ seq }) => Number(seq),
    );
  const waiting = async () =>
    (await pool.query<{ n: number }>('select count(*)::int as n from outbox where seq is null')).rows[0]?.n;
  return { appUrl, pool, db, write, stamped, begin, seqs, waiting };
};
