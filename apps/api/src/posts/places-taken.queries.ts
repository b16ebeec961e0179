import { schema, type Transaction } from '@palier/db';
import { and, eq, sql } from 'drizzle-orm';

/** A favour whose state changed, as its two sides hear of it. */
export type ChangedFavour = {
  id: string;
  helperId: string;
  beneficiaryId: string;
  acceptedBy: string;
  was: 'standby' | 'accepted';
};

type Row = { id: string; helper_id: string; beneficiary_id: string; accepted_by: string; was: 'standby' | 'accepted' };

/**
 * Releases the live favours of a locked post (its standby alone, if told so), gives their helpers' places back and counts the post's again. Helpers are
 * locked in the order of their ids.
 */
export const claimRelease = async (
  tx: Transaction,
  postId: string,
  now: Date,
  which: 'all' | 'standby' = 'all',
): Promise<ChangedFavour[]> => {
  const { rows } = await tx.execute<Row>(sql`
    with live as (select id, state from favours where post_id = ${postId} and (state = 'standby' or (state = 'accepted' and ${which} = 'all')) for update),
    released as (
      update favours f set state = 'released', updated_at = ${now.toISOString()} from live where f.id = live.id
      returning f.id, f.helper_id, f.beneficiary_id, f.accepted_by, live.state as was),
    request as (select id from posts where id = ${postId} and kind = 'request'),
    helpers as (select r.id from residents r where r.id in (select accepted_by from released) and exists (select from request) order by r.id for no key update),
    freed as (update residents r set open_favours = r.open_favours - 1 from helpers where r.id = helpers.id returning r.id),
    counted as (
      update posts set taken = taken - (select count(*) from released where was = 'accepted')
      where id = ${postId} and state <> 'open' and exists (select from released where was = 'accepted') returning id)
    select r.*, (select count(*) from freed) + (select count(*) from counted) as touched from released r order by r.id`);
  return rows.map((row) => ({
    id: row.id,
    helperId: row.helper_id,
    beneficiaryId: row.beneficiary_id,
    acceptedBy: row.accepted_by,
    was: row.was,
  }));
};

/** Makes a filled post `done` once nobody's help is still to come; false when some is, or it is not filled. */
export const claimDone = async (tx: Transaction, postId: string, now: Date): Promise<boolean> => {
  const rows = await tx
    .update(schema.posts)
    .set({ state: 'done', updatedAt: now })
    .where(
      and(
        eq(schema.posts.id, postId),
        eq(schema.posts.state, 'filled'),
        sql`not exists (select from favours f where f.post_id = ${postId} and f.state = 'accepted')`,
      ),
    )
    .returning({ id: schema.posts.id });
  return rows.length === 1;
};

/** Looks for nobody else: a post whose date has passed keeps the places that were taken and is filled by them. */
export const claimCallEnd = async (tx: Transaction, postId: string, now: Date): Promise<boolean> => {
  const rows = await tx
    .update(schema.posts)
    .set({ state: 'filled', helpersNeeded: sql`taken`, updatedAt: now })
    .where(and(eq(schema.posts.id, postId), eq(schema.posts.state, 'open'), sql`taken > 0`))
    .returning({ id: schema.posts.id });
  return rows.length === 1;
};
