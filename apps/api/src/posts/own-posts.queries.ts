import { type Database, schema, type Transaction } from '@palier/db';
import { livePostStates } from '@palier/domain/posts';
import { and, desc, eq, gt, inArray, notInArray, sql } from 'drizzle-orm';

const { posts } = schema;

type OwnFilters = {
  live: boolean | undefined;
  answered: boolean | undefined;
  after: { createdAt: Date; id: string } | null;
  limit: number;
};

/** An author's own posts, the latest first, by their ids. */
export const listOwnIds = (
  db: Database | Transaction,
  authorId: string,
  { live, answered, after, limit }: OwnFilters,
) =>
  db
    .select({ id: posts.id, createdAt: posts.createdAt })
    .from(posts)
    .where(
      and(
        eq(posts.authorId, authorId),
        live === undefined ? undefined : (live ? inArray : notInArray)(posts.state, [...livePostStates]),
        answered === undefined ? undefined : answered ? gt(posts.taken, 0) : eq(posts.taken, 0),
        after
          ? sql`(${posts.createdAt}, ${posts.id}) < (${after.createdAt.toISOString()}::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(posts.createdAt), desc(posts.id))
    .limit(limit);

/** A post without a date lives on until then. */
export const extendLife = async (tx: Transaction, postId: string, expiresAt: Date, now: Date): Promise<void> => {
  await tx.update(posts).set({ expiresAt, updatedAt: now }).where(eq(posts.id, postId));
};
