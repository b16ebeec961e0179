import type { Database } from '@palier/db';
import type { StoredPost } from '@palier/domain/places';
import { storedColumns } from '../stored-posts.queries.ts';

/** A reader, as their session found them. */
export type Asking = { residentId: string; accountId: string; residenceId: string };

/** How a reader stands towards the memory: the stream's head, who is hidden from them, and whether only the database can answer them now. */
export type Standing = { head: number; hidden: string[]; isForDatabase: boolean };

/** Readers come as JSON: arrays, whose lengths PostgreSQL knows, would be planned for anew at each call, at ten times the cost. */
const standings = {
  name: 'feed_standings',
  text: `select h.seq::float8 as "head",
      array(select blocked_id from blocks where resident_id = r.me union all select resident_id from blocks where blocked_id = r.me)::text[] as "hidden",
      h.is_still
        or exists (select from outbox where seq is null and (side_a in (r.me, r.account) or side_b = r.me))
        or exists (select from outbox where seq > $2::bigint and (side_a in (r.me, r.account) or side_b = r.me))
        or exists (select from posts where author_id = r.me and residence_id <> r.home and state = 'open') as "isForDatabase"
    from (select (select seq from stream_head) as seq, exists (select from outbox where seq is null and created_at < now() - interval '2 s') as is_still) h,
      jsonb_to_recordset($1::jsonb) as r(n int, me uuid, account uuid, home uuid)
    order by r.n`,
};

/**
 * One statement for all that the memory does not know of its readers: today's blocks both ways; acts of theirs or towards them that are committed and not yet applied at `applied`
 * (whoever has just posted reads it at once); open posts of theirs at a residence they left; and a stream in which nothing has been stamped for 2 s though something waits.
 */
export const listStandings = async (db: Database, readers: readonly Asking[], applied: number): Promise<Standing[]> => {
  const { rows } = await db.$client.query<Standing>({
    ...standings,
    values: [
      JSON.stringify(
        readers.map(({ residentId, accountId, residenceId }, n) => ({
          n,
          me: residentId,
          account: accountId,
          home: residenceId,
        })),
      ),
      applied,
    ],
  });
  return rows;
};

const openPosts = {
  name: 'feed_open_posts',
  text: `select ${storedColumns} from (
      select * from posts where cell = any($1) and state = 'open' and audience in ('neighbourhood', 'commune')
      union all
      select * from posts where residence_id = any($2) and state = 'open' and not (cell = any($1) and audience in ('neighbourhood', 'commune'))) p
    join residents a on a.id = p.author_id`,
};

/** All open posts that strangers may find in these cells, and all of these residences, each once. */
export const listOpenPosts = async (
  db: Database,
  cells: readonly string[],
  homes: readonly string[],
): Promise<StoredPost[]> => {
  const { rows } = await db.$client.query<StoredPost>({ ...openPosts, values: [cells, homes] });
  return rows;
};

/** The ids of the open posts whose author has one of these accounts, or whose residence is one of these. */
export const listOpenIds = async (
  db: Database,
  accountIds: readonly string[],
  residenceIds: readonly string[],
): Promise<string[]> => {
  if (accountIds.length === 0 && residenceIds.length === 0) return [];
  const { rows } = await db.$client.query<{ id: string }>({
    name: 'feed_open_ids',
    text: `select p.id from residents r join posts p on p.author_id = r.id where r.account_id = any($1::uuid[]) and p.state = 'open'
      union select id from posts where residence_id = any($2::uuid[]) and state = 'open'`,
    values: [accountIds, residenceIds],
  });
  return rows.map(({ id }) => id);
};

/** Every residence with its public cell, neighbours next to each other. */
export const listHomes = async (db: Database): Promise<{ id: string; cell: string }[]> => {
  const { rows } = await db.$client.query<{ id: string; cell: string }>(
    'select id, cell from residences order by commune, cell',
  );
  return rows;
};
