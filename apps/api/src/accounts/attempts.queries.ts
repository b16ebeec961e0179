import type { Database } from '@palier/db';
import { sql } from 'drizzle-orm';

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

/** Forgets the counters of windows that began before `before`. */
export const deleteAttempts = async (db: Database, before: Date): Promise<void> => {
  await db.execute(sql`delete from attempts where window_start < ${before.toISOString()}`);
};
