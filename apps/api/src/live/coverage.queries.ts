import { type Database, inTransaction, watchAs } from '@palier/db';
import { sql } from 'drizzle-orm';

/** How many of a reader’s own doors in a round are due these 24 hours, and covered. */
export type Coverage = { roundId: string; accountId: string; covered: number; due: number };

const dayMs = 86_400_000;

/** What each reader of these rounds’ people is told live. Past the wall: each count goes to its own reader alone. */
export const coverageForReaders = async (db: Database, roundIds: readonly string[], now: Date): Promise<Coverage[]> => {
  if (roundIds.length === 0) return [];
  const [at, since] = [now.toISOString(), new Date(now.getTime() - dayMs).toISOString()];
  const { rows } = await inTransaction(db, async (tx) => {
    await watchAs(tx, 'house', now);
    return tx.execute<{ round_id: string; account_id: string; covered: number; due: number }>(sql`
      select c.round_id, w.account_id, count(*)::int as due, count(*) filter (where c.state in ('reached', 'needs-something', 'emergency-called', 'closed'))::int as covered
      from watch_checks c join watch_people p on p.id = c.person_id join watch_readers w on w.person_id = p.id
      where c.round_id in ${roundIds} and (c.due_at > ${since} or c.state = 'escalated') and c.state <> 'cancelled' and p.withdrawn_at is null and p.lapses_at > ${at}
        and w.refused_at is null and w.ended_at is null and w.effective_at <= ${at} and w.ends_at > ${at}
      group by 1, 2`);
  });
  return rows.map((row) => ({ roundId: row.round_id, accountId: row.account_id, covered: row.covered, due: row.due }));
};
