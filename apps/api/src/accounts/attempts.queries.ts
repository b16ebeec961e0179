import type { Database, Transaction } from '@palier/db';
import { sql } from 'drizzle-orm';
import { hmac, type Keys } from '../keys.ts';

/** Under which failures to sign in to an account are counted: no typed address is kept. */
export const signInKey = (keys: Keys, email: string): string =>
  `sign-in:e:${hmac(keys.mail, `sign-in ${email}`).toString('base64url')}`;

/** Fixed windows from the epoch: the start of the one that `now` falls in. */
const windowStart = (now: Date, windowMs: number): string =>
  new Date(Math.floor(now.getTime() / windowMs) * windowMs).toISOString();

/** Adds one to a counter shared by every process, and answers what it has become in this window (`windowMs`). */
export const countAttempt = async (db: Database, key: string, windowMs: number, now: Date): Promise<number> => {
  const { rows } = await db.execute<{ count: number }>(sql`
    insert into attempts (key, window_start, count) values (${key}, ${windowStart(now, windowMs)}, 1)
    on conflict (key, window_start) do update set count = attempts.count + 1 returning count`);
  return rows[0]?.count ?? 1;
};

/** The counter's value in this window, 0 when nothing was counted. */
export const findAttempts = async (db: Database, key: string, windowMs: number, now: Date): Promise<number> => {
  const { rows } = await db.execute<{ count: number }>(
    sql`select count from attempts where key = ${key} and window_start = ${windowStart(now, windowMs)}`,
  );
  return rows[0]?.count ?? 0;
};

/** Forgets one counter: whoever proved to own the account is not kept out by another's guesses. */
export const deleteAttempt = async (tx: Transaction, key: string): Promise<void> => {
  await tx.execute(sql`delete from attempts where key = ${key}`);
};
