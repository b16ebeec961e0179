import { type Database, schema, type Transaction } from '@palier/db';
import type { Category } from '@palier/domain/posts';
import { and, asc, eq } from 'drizzle-orm';

const { interests } = schema;
const columns = {
  id: interests.id,
  category: interests.category,
  withinM: interests.withinM,
  pausedAt: interests.pausedAt,
  createdAt: interests.createdAt,
};

export const listInterestsOf = (db: Database, residentId: string) =>
  db
    .select(columns)
    .from(interests)
    .where(eq(interests.residentId, residentId))
    .orderBy(asc(interests.createdAt), asc(interests.id));
export type InterestRow = Awaited<ReturnType<typeof listInterestsOf>>[number];

/** Saves an interest, or changes and resumes the one there is for its category. */
export const upsertInterest = async (
  tx: Transaction,
  row: { id: string; residentId: string; category: Category; withinM: number; createdAt: Date },
): Promise<InterestRow | undefined> => {
  const [saved] = await tx
    .insert(interests)
    .values(row)
    .onConflictDoUpdate({
      target: [interests.residentId, interests.category],
      set: { withinM: row.withinM, pausedAt: null },
    })
    .returning(columns);
  return saved;
};

/** Changes one's own interest. */
export const claimInterestEdit = async (
  tx: Transaction,
  residentId: string,
  interestId: string,
  change: Partial<Pick<typeof interests.$inferInsert, 'withinM' | 'pausedAt'>>,
): Promise<InterestRow | undefined> => {
  const isMine = and(eq(interests.id, interestId), eq(interests.residentId, residentId));
  const [row] =
    Object.keys(change).length > 0
      ? await tx.update(interests).set(change).where(isMine).returning(columns)
      : await tx.select(columns).from(interests).where(isMine);
  return row;
};

/** Takes one's own interest away; false when there is none. */
export const claimInterestEnd = async (tx: Transaction, residentId: string, interestId: string): Promise<boolean> => {
  const rows = await tx
    .delete(interests)
    .where(and(eq(interests.id, interestId), eq(interests.residentId, residentId)))
    .returning({ id: interests.id });
  return rows.length === 1;
};
