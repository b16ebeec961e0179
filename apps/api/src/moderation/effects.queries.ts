import { schema, type Transaction } from '@palier/db';
import type { Before } from '@palier/domain/moderation';
import { livePostStates, type PostState } from '@palier/domain/posts';
import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';

const { decisions, posts, residents } = schema;

/** Locks one post with what a decision keeps of it, and what routes its word to the stream. */
export const lockPost = async (tx: Transaction, postId: string) => {
  const [row] = await tx
    .select({
      id: posts.id,
      authorId: posts.authorId,
      residenceId: posts.residenceId,
      commune: posts.commune,
      cell: posts.cell,
      state: posts.state,
      endReason: posts.endReason,
      taken: posts.taken,
      helpersNeeded: posts.helpersNeeded,
    })
    .from(posts)
    .where(eq(posts.id, postId))
    .for('no key update');
  return row;
};
export type LockedPost = NonNullable<Awaited<ReturnType<typeof lockPost>>>;

/** The living posts of somebody, in the order of their ids. */
export const listLivingPostIds = async (tx: Transaction, authorId: string): Promise<string[]> => {
  const rows = await tx
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.authorId, authorId), inArray(posts.state, [...livePostStates])))
    .orderBy(asc(posts.id));
  return rows.map(({ id }) => id);
};

/** Puts a locked post in a state. */
export const claimPostState = async (
  tx: Transaction,
  post: Pick<LockedPost, 'id' | 'state'>,
  state: PostState,
  endReason: string | null,
  now: Date,
): Promise<boolean> => {
  const rows = await tx
    .update(posts)
    .set({ state, endReason, updatedAt: now })
    .where(and(eq(posts.id, post.id), eq(posts.state, post.state)))
    .returning({ id: posts.id });
  return rows.length === 1;
};

/** How many helpers of a post are still to come. */
export const countToCome = async (tx: Transaction, postId: string): Promise<number> => {
  const { rows } = await tx.execute<{ n: string }>(
    sql`select count(*) as n from favours where post_id = ${postId} and state = 'accepted'`,
  );
  return Number(rows[0]?.n ?? 0);
};

/** Locks every post that ties somebody to others, theirs and those they promised or were promised something of, in the order of their ids: posts before residents. */
export const lockTies = async (tx: Transaction, residentId: string): Promise<void> => {
  await tx.execute(sql`
    select id from posts where (author_id = ${residentId} and state in ('held', 'open', 'filled'))
      or id in (select post_id from favours where (helper_id = ${residentId} or beneficiary_id = ${residentId}) and state in ('accepted', 'standby'))
    order by id for no key update`);
};

/** Locks whom a case is about, so that nothing in their name is being written meanwhile. */
export const lockResident = async (tx: Transaction, residentId: string) => {
  const [row] = await tx
    .select({
      id: residents.id,
      accountId: residents.accountId,
      residenceId: residents.residenceId,
      pausedUntil: residents.pausedUntil,
      excludedAt: residents.excludedAt,
    })
    .from(residents)
    .where(eq(residents.id, residentId))
    .for('update');
  return row;
};

/** Sets until when somebody is paused, and since when they are excluded. */
export const claimStanding = async (
  tx: Transaction,
  residentId: string,
  standing: { pausedUntil: Date | null; excludedAt: Date | null },
): Promise<void> => {
  await tx.update(residents).set(standing).where(eq(residents.id, residentId));
};

/** What things were before the reports of several neighbours hid them, while nobody has looked; marks that as over. */
export const claimHidden = async (tx: Transaction, caseId: string, now: Date): Promise<Before | null> => {
  const rows = await tx
    .update(decisions)
    .set({ reversedAt: now })
    .where(
      and(
        eq(decisions.caseId, caseId),
        eq(decisions.decidedAs, 'system'),
        eq(decisions.kind, 'hide'),
        isNull(decisions.reversedAt),
        isNotNull(decisions.before),
      ),
    )
    .returning({ before: decisions.before });
  return rows[0]?.before ?? null;
};
