import { clientOf, type Database, inTransaction } from '@palier/db';
import type { Category, PostKind } from '@palier/domain/posts';

type PersonRow = { commune: string; cell: string; id: string; offline: boolean; joined: number; left: number | null };
type PostRow = {
  commune: string;
  cell: string;
  kind: PostKind;
  category: Category;
  author: string;
  at: number;
  yes: number | null;
  counted: boolean;
};
type FavourRow = {
  commune: string;
  cell: string;
  helper: string;
  beneficiary: string;
  accepted: number;
  done: number | null;
  minutes: number | null;
  helper_commune: string;
  beneficiary_commune: string;
};

/**
 * Rows of many communes in one go, instants in seconds since 1970. Planned for the values given: a plan for any values (the pool's own way) takes a region for a village,
 * and is ten times as long. A job's own: on a busy machine it waits longer than a reader would.
 */
const readMany = <Row extends object>(db: Database, text: string, values: unknown[]): Promise<Row[]> =>
  inTransaction(
    db,
    async (tx) => {
      const client = clientOf(tx);
      await client.query("set local plan_cache_mode = force_custom_plan; set local statement_timeout = '1min'");
      return (await client.query<Row>(text, values)).rows;
    },
    { accessMode: 'read only' },
  );

/** Whoever lives or lived in these communes; those welcomed on paper are the ones whose consent a referent noted. */
export const listPeople = (db: Database, communes: readonly string[]): Promise<PersonRow[]> => {
  const text = `select rs.commune, rs.cell, r.id, exists (select from resident_consents c where c.resident_id = r.id) as offline, date_part('epoch', r.joined_at) as joined, date_part('epoch', r.left_at) as left
    from residents r join residences rs on rs.id = r.residence_id where rs.commune = any($1)`;
  return readMany<PersonRow>(db, text, [communes]);
};

/** The posts of these communes since an instant, each with the first yes it ever had. */
export const listPosts = (db: Database, communes: readonly string[], since: Date): Promise<PostRow[]> => {
  const text = `select p.commune, p.cell, p.kind, p.category, p.author_id as author, date_part('epoch', p.created_at) as at, p.state not in ('held', 'removed') as counted, date_part('epoch', y.yes) as yes
    from posts p left join lateral (select min(f.created_at) as yes from favours f where f.post_id = p.id) y on true
    where p.commune = any($1) and p.created_at >= $2`;
  return readMany<PostRow>(db, text, [communes, since]);
};

/** The favours of these communes, and those elsewhere with a side that lives in one of them, accepted or done since an instant. */
export const listFavours = (db: Database, communes: readonly string[], since: Date): Promise<FavourRow[]> => {
  const text = `select f.commune, p.cell, f.helper_id as helper, f.beneficiary_id as beneficiary, date_part('epoch', f.created_at) as accepted, f.minutes,
      case when f.state = 'done' then date_part('epoch', coalesce(f.ended_at, f.updated_at)) end as done, hr.commune as helper_commune, br.commune as beneficiary_commune
    from favours f join posts p on p.id = f.post_id
      join residents h on h.id = f.helper_id join residences hr on hr.id = h.residence_id
      join residents b on b.id = f.beneficiary_id join residences br on br.id = b.residence_id
    where f.state <> 'standby' and (f.created_at >= $2 or f.updated_at >= $2) and (f.commune = any($1) or hr.commune = any($1) or br.commune = any($1))`;
  return readMany<FavourRow>(db, text, [communes, since]);
};

/** How many distinct people of each of these communes wrote a post or were a side of an accepted favour since an instant. */
export const countActive = async (
  db: Database,
  communes: readonly string[],
  since: Date,
): Promise<ReadonlyMap<string, number>> => {
  const text = `select rs.commune, count(distinct a.id)::int as people from (
      select author_id as id from posts where created_at >= $2
      union all select helper_id from favours where state <> 'standby' and created_at >= $2
      union all select beneficiary_id from favours where state <> 'standby' and created_at >= $2) a
    join residents r on r.id = a.id join residences rs on rs.id = r.residence_id where rs.commune = any($1) group by rs.commune`;
  const { rows } = await db.$client.query<{ commune: string; people: number }>(text, [communes, since]);
  return new Map(rows.map(({ commune, people }) => [commune, people]));
};
