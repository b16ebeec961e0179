import type { Database } from '@palier/db';
import type { Trust } from '@palier/domain/accounts';
import type { Category } from '@palier/domain/posts';
import { gladOfCall } from '@palier/domain/residences';
import { sql } from 'drizzle-orm';

const shownMax = 50;

/** Who came to a residence since an instant. */
export const listArrivals = async (db: Database, residenceId: string, since: Date) => {
  type Row = { id: string; displayName: string; trust: Trust; joinedAt: string };
  const { rows } = await db.execute<Row>(sql`
    select id, display_name as "displayName", trust, joined_at as "joinedAt" from residents
    where residence_id = ${residenceId} and left_at is null and joined_at > ${since.toISOString()} order by joined_at desc, id limit ${shownMax}`);
  return rows.map((row) => ({ ...row, joinedAt: new Date(row.joinedAt).toISOString() }));
};

/** Open requests of a residence that nobody answered for a day, the oldest first. */
export const listUnanswered = async (db: Database, residenceId: string, before: Date) => {
  type Row = { id: string; title: string; category: Category; createdAt: string };
  const { rows } = await db.execute<Row>(sql`
    select id, title, category, created_at as "createdAt" from posts
    where residence_id = ${residenceId} and kind = 'request' and state = 'open' and taken = 0 and created_at <= ${before.toISOString()}
    order by created_at, id limit ${shownMax}`);
  return rows.map((row) => ({ ...row, createdAt: new Date(row.createdAt).toISOString() }));
};

/** How many favours were done since an instant for what residents of a residence wrote. */
export const countFavoursDone = async (db: Database, residenceId: string, since: Date): Promise<number> => {
  const { rows } = await db.execute<{ done: number }>(sql`
    select count(*)::int as done from favours f join posts p on p.id = f.post_id
    where p.residence_id = ${residenceId} and f.state = 'done' and f.updated_at > ${since.toISOString()}`);
  return rows[0]?.done ?? 0;
};

/** Residents who asked often since an instant, with how many of their requests someone came for. */
export const listAskers = async (db: Database, residenceId: string, since: Date) => {
  type Row = { id: string; displayName: string; requests: number; helped: number };
  const { rows } = await db.execute<Row>(sql`
    select r.id, r.display_name as "displayName", count(p.id)::int as requests,
      (select count(*)::int from favours f where f.beneficiary_id = r.id and f.state in ('accepted', 'done') and f.created_at > ${since.toISOString()}) as helped
    from residents r join posts p on p.author_id = r.id and p.kind = 'request' and p.created_at > ${since.toISOString()} and p.state <> 'removed'
    where r.residence_id = ${residenceId} and r.left_at is null group by r.id having count(p.id) >= ${gladOfCall.requestsMin} order by count(p.id) desc, r.id limit ${shownMax}`);
  return rows;
};
