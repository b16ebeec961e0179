import type { Database } from '@palier/db';
import type { FavourState, Side } from '@palier/domain/favours';
import { sql } from 'drizzle-orm';

/** Prepared, as is all that a favour's turn asks: each is told of apart. */
const favourAccounts = {
  name: 'favour_accounts',
  text: `select f.id, h.account_id as helper, b.account_id as beneficiary, f.author_id = f.helper_id as "isAuthorHelper", p.residence_id as "residenceId", p.commune
    from favours f join posts p on p.id = f.post_id join residents h on h.id = f.helper_id join residents b on b.id = f.beneficiary_id where f.id = $1`,
};
type FavourAccounts = {
  id: string;
  helper: string | null;
  beneficiary: string | null;
  isAuthorHelper: boolean;
  residenceId: string;
  commune: string;
};

/** A favour's two sides as accounts (null for whoever has none), and where its post belongs. */
export const findFavourAccounts = async (db: Database, favourId: string): Promise<FavourAccounts | undefined> => {
  const { rows } = await db.$client.query<FavourAccounts>({ ...favourAccounts, values: [favourId] });
  return rows[0];
};

/** A favour as a notice speaks of it to one of its sides; `other` is null when the two have blocked each other. */
export type ToldFavour = {
  id: string;
  postId: string;
  title: string;
  state: FavourState;
  side: Side;
  isAuthor: boolean;
  isThanked: boolean;
  isExcused: boolean;
  other: string | null;
};

/** Of these favours, those that this resident is a side of, as they are now. */
export const listToldFavours = async (
  db: Database,
  residentId: string,
  favourIds: readonly string[],
): Promise<Map<string, ToldFavour>> => {
  if (favourIds.length === 0) return new Map();
  const { rows } = await db.execute<ToldFavour>(sql`
    select f.id, f.post_id as "postId", p.title, f.state, f.author_id = me.id as "isAuthor", f.thanks is not null as "isThanked", f.excused_at is not null as "isExcused",
      case when f.helper_id = me.id then 'helper' else 'beneficiary' end as side,
      case when exists (
        select from blocks b where (b.resident_id = me.id and b.blocked_id = o.id) or (b.resident_id = o.id and b.blocked_id = me.id)
      ) then null else o.display_name end as other
    from favours f
    join posts p on p.id = f.post_id
    join residents me on me.id = ${residentId} and me.id in (f.helper_id, f.beneficiary_id)
    join residents o on o.id = case when f.helper_id = me.id then f.beneficiary_id else f.helper_id end
    where f.id in (${sql.join(
      favourIds.map((id) => sql`${id}::uuid`),
      sql`, `,
    )})`);
  return new Map(rows.map((row) => [row.id, row]));
};
