import { type Database, schema, type Transaction } from '@palier/db';
import { and, asc, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';

const { favours, posts, residents } = schema;
const helper = alias(residents, 'helper');
const beneficiary = alias(residents, 'beneficiary');

/** Accepted favours that begin in this span and that nobody was reminded of, in the order of their ids. */
export const listUnreminded = (db: Database, span: { from: Date; to: Date }, after: string, limit: number) =>
  db
    .select({
      id: favours.id,
      agreedAt: favours.updatedAt,
      from: posts.windowFrom,
      commune: posts.commune,
      residenceId: posts.residenceId,
      accounts: { helper: helper.accountId, beneficiary: beneficiary.accountId },
    })
    .from(favours)
    .innerJoin(posts, eq(posts.id, favours.postId))
    .innerJoin(helper, eq(helper.id, favours.helperId))
    .innerJoin(beneficiary, eq(beneficiary.id, favours.beneficiaryId))
    .where(
      and(
        sql`${posts.state} in ('open', 'filled')`, // few, and by their own index
        eq(favours.state, 'accepted'),
        isNull(favours.remindedAt),
        gt(posts.windowFrom, span.from),
        lt(posts.windowFrom, span.to),
        gt(favours.id, after),
      ),
    )
    .orderBy(asc(favours.id))
    .limit(limit);
export type Unreminded = Awaited<ReturnType<typeof listUnreminded>>[number];

/** Takes the one reminder of a favour that still holds. */
export const claimReminder = async (tx: Transaction, favourId: string, now: Date): Promise<boolean> => {
  const rows = await tx
    .update(favours)
    .set({ remindedAt: now })
    .where(and(eq(favours.id, favourId), eq(favours.state, 'accepted'), isNull(favours.remindedAt)))
    .returning({ id: favours.id });
  return rows.length === 1;
};
