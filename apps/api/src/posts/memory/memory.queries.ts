import type { Database } from '@palier/db';
import type { StoredPost } from '@palier/domain/places';

/** How a reader stands towards the memory: the stream's head, who is hidden from them, and whether only the database can answer them now. */
export type Standing = { head: number; hidden: string[]; isForDatabase: boolean };

/** How long a committed act may wait for its place in the stream before nobody is answered from memory. */
const standing = {
  name: 'feed_standing',
  text: `select (select seq from stream_head)::float8 as "head",
    array(select blocked_id from blocks where resident_id = $1 union all select resident_id from blocks where blocked_id = $1)::text[] as "hidden",
    exists (select from outbox where seq is null and (side_a in ($1, $2) or side_b = $1 or created_at < now() - interval '2 s'))
      or exists (select from outbox where seq > $4::bigint and (side_a in ($1, $2) or side_b = $1))
      or exists (select from posts where author_id = $1 and residence_id <> $3 and state = 'open') as "isForDatabase"`,
};

/**
 * One statement for all that memory does not know of this reader: today's blocks both ways; acts of theirs or towards them that are committed and not yet applied at `applied`
 * (whoever has just posted reads it at once); open posts of theirs at a residence they left; and a stream that stands still.
 */
export const findStanding = async (
  db: Database,
  me: { residentId: string; accountId: string; residenceId: string },
  applied: number,
): Promise<Standing> => {
  const { rows } = await db.$client.query<Standing>({
    ...standing,
    values: [me.residentId, me.accountId, me.residenceId, applied],
  });
  return rows[0] ?? { head: 0, hidden: [], isForDatabase: true };
};

const columns = `p.id, p.author_id as "authorId", a.display_name as "authorName", p.residence_id as "residenceId", p.stair_id as "stairId", p.commune, p.cell, p.kind, p.category,
  p.title, p.details, p.audience, p.helpers_needed as "helpersNeeded", p.taken, p.urgent_until as "urgentUntil", p.window_from as "windowFrom", p.window_to as "windowTo", p.state,
  p.on_behalf as "onBehalf", p.series_id as "seriesId", p.created_at as "createdAt", p.updated_at as "updatedAt", p.expires_at as "expiresAt"`;

const openPosts = {
  name: 'feed_open_posts',
  text: `select ${columns} from (
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
