import { type Database, schema } from '@palier/db';
import type { FavourState, Side } from '@palier/domain/favours';
import { eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';

const { favours, posts, residents } = schema;
const helper = alias(residents, 'helper');
const beneficiary = alias(residents, 'beneficiary');

/** A favour's two sides as accounts (null for whoever has none), and where its post belongs. */
export const findFavourAccounts = async (db: Database, favourId: string) => {
  const [row] = await db
    .select({
      id: favours.id,
      helper: helper.accountId,
      beneficiary: beneficiary.accountId,
      isAuthorHelper: sql<boolean>`${favours.authorId} = ${favours.helperId}`,
      residenceId: posts.residenceId,
      commune: posts.commune,
    })
    .from(favours)
    .innerJoin(posts, eq(posts.id, favours.postId))
    .innerJoin(helper, eq(helper.id, favours.helperId))
    .innerJoin(beneficiary, eq(beneficiary.id, favours.beneficiaryId))
    .where(eq(favours.id, favourId));
  return row;
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
