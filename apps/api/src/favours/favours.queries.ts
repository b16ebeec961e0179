import { type Database, schema, type Transaction } from '@palier/db';
import { liveFavourStates, type Side } from '@palier/domain/favours';
import type { PostState } from '@palier/domain/posts';
import { and, desc, eq, inArray, notInArray, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';

const { favours, posts, residences, residents } = schema;
const other = alias(residents, 'other');

const viewed = (residentId: string) => ({
  favour: favours,
  post: {
    kind: posts.kind,
    category: posts.category,
    title: posts.title,
    state: posts.state,
    windowFrom: posts.windowFrom,
    windowTo: posts.windowTo,
  },
  other: { id: other.id, displayName: other.displayName },
  residence: residences.name,
  viaReferent: sql<boolean>`exists (select from resident_consents o where o.resident_id = ${other.id})`,
  side: sql<Side>`case when ${favours.helperId} = ${residentId} then 'helper' else 'beneficiary' end`,
});

const isSide = (residentId: string, side?: Side): SQL | undefined =>
  side === undefined
    ? or(eq(favours.helperId, residentId), eq(favours.beneficiaryId, residentId))
    : eq(side === 'helper' ? favours.helperId : favours.beneficiaryId, residentId);

const selectFavours = (db: Database | Transaction, residentId: string) =>
  db
    .select(viewed(residentId))
    .from(favours)
    .innerJoin(posts, eq(posts.id, favours.postId))
    .innerJoin(
      other,
      sql`${other.id} = case when ${favours.helperId} = ${residentId} then ${favours.beneficiaryId} else ${favours.helperId} end`,
    )
    .innerJoin(residences, eq(residences.id, other.residenceId));
export type ViewedFavour = Awaited<ReturnType<typeof selectFavours>>[number];

/** One favour, if this resident is a side of it. */
export const findFavour = async (
  db: Database | Transaction,
  favourId: string,
  residentId: string,
): Promise<ViewedFavour | undefined> => {
  const [row] = await selectFavours(db, residentId).where(and(eq(favours.id, favourId), isSide(residentId)));
  return row;
};

type Filters = {
  side?: Side | undefined;
  isLive?: boolean | undefined;
  postId?: string | undefined;
  after: { createdAt: Date; id: string } | null;
  limit: number;
};

/** The favours this resident is a side of, the newest first. */
export const listFavourRows = (
  db: Database | Transaction,
  residentId: string,
  { side, isLive, postId, after, limit }: Filters,
): Promise<ViewedFavour[]> =>
  selectFavours(db, residentId)
    .where(
      and(
        isSide(residentId, side),
        isLive === undefined
          ? undefined
          : isLive
            ? inArray(favours.state, [...liveFavourStates])
            : notInArray(favours.state, [...liveFavourStates]),
        postId === undefined ? undefined : eq(favours.postId, postId),
        after
          ? sql`(${favours.createdAt}, ${favours.id}) < (${after.createdAt.toISOString()}::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(favours.createdAt), desc(favours.id))
    .limit(limit);

/** The post of a favour, locked until the end of the transaction: posts are locked before favours and residents. */
export const lockPostOfFavour = async (tx: Transaction, postId: string) => {
  const [row] = await tx
    .select({
      id: posts.id,
      kind: posts.kind,
      state: posts.state,
      cell: posts.cell,
      residenceId: posts.residenceId,
      commune: posts.commune,
      authorId: posts.authorId,
    })
    .from(posts)
    .where(eq(posts.id, postId))
    .for('no key update');
  return row;
};

type FavourRow = typeof favours.$inferSelect;

/** Changes a favour that is still in the state it was seen in. */
export const claimFavour = async (
  tx: Transaction,
  favourId: string,
  seen: FavourRow['state'],
  change: Partial<Pick<FavourRow, 'state' | 'reason' | 'minutes'>>,
  now: Date,
): Promise<boolean> => {
  const rows = await tx
    .update(favours)
    .set({ ...change, updatedAt: now })
    .where(and(eq(favours.id, favourId), eq(favours.state, seen)))
    .returning({ id: favours.id });
  return rows.length === 1;
};

/** Writes the thanks of a favour that is done and was not thanked for. */
export const claimThanks = async (tx: Transaction, favourId: string, text: string, now: Date): Promise<boolean> => {
  const rows = await tx
    .update(favours)
    .set({ thanks: text, thankedAt: now, updatedAt: now })
    .where(and(eq(favours.id, favourId), eq(favours.state, 'done'), sql`thanks is null`))
    .returning({ id: favours.id });
  return rows.length === 1;
};

/** Writes the excuse of a no-show that was not excused. */
export const claimExcuse = async (
  tx: Transaction,
  favourId: string,
  excuse: NonNullable<FavourRow['excuse']>,
  now: Date,
): Promise<boolean> => {
  const rows = await tx
    .update(favours)
    .set({ excuse, excusedAt: now, updatedAt: now })
    .where(and(eq(favours.id, favourId), eq(favours.state, 'no-show'), sql`excused_at is null`))
    .returning({ id: favours.id });
  return rows.length === 1;
};

/** Gives a helper one of their open favours back. */
export const releaseHelper = async (tx: Transaction, residentId: string): Promise<void> => {
  await tx.update(residents).set({ openFavours: sql`open_favours - 1` }).where(eq(residents.id, residentId));
};

/** Promotes whoever stands by for this post. */
export const claimPromotion = async (tx: Transaction, postId: string, now: Date) => {
  const [row] = await tx
    .update(favours)
    .set({ state: 'accepted', updatedAt: now })
    .where(and(eq(favours.postId, postId), eq(favours.state, 'standby')))
    .returning({ id: favours.id, helperId: favours.helperId, beneficiaryId: favours.beneficiaryId });
  return row;
};

/** Frees a place of a post: a filled one opens again. */
export const releasePlace = async (tx: Transaction, postId: string, now: Date): Promise<void> => {
  await tx
    .update(posts)
    .set({
      taken: sql`taken - 1`,
      state: sql`(case when state = 'filled' then 'open' else state::text end)::post_state`,
      updatedAt: now,
    })
    .where(eq(posts.id, postId));
};

/** Sets for how many people a post is, if it is still in the state it was seen in. */
export const claimPlaces = async (
  tx: Transaction,
  seen: { id: string; state: PostState },
  change: { helpersNeeded: number; taken: number; state: 'open' | 'filled' },
  now: Date,
): Promise<boolean> => {
  const rows = await tx
    .update(posts)
    .set({ ...change, updatedAt: now })
    .where(and(eq(posts.id, seen.id), eq(posts.state, seen.state)))
    .returning({ id: posts.id });
  return rows.length === 1;
};
