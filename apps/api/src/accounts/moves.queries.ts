import { type Database, schema, type Transaction } from '@palier/db';
import { liveFavourStates } from '@palier/domain/favours';
import { and, count, eq, gt, inArray, isNull, or } from 'drizzle-orm';

const { favours, posts, residenceMoves, residents, roleGrants } = schema;

/** Whether something of a resident's is still under way where they live: a post that lives, a favour to come. */
export const isBusy = async (tx: Transaction, residentId: string): Promise<boolean> => {
  const [post] = await tx
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.authorId, residentId), inArray(posts.state, ['held', 'open', 'filled'])))
    .limit(1);
  const [favour] = await tx
    .select({ id: favours.id })
    .from(favours)
    .where(
      and(
        inArray(favours.state, [...liveFavourStates]),
        or(eq(favours.helperId, residentId), eq(favours.beneficiaryId, residentId)),
      ),
    )
    .limit(1);
  return post !== undefined || favour !== undefined;
};

/** How often a resident moved since an instant. */
export const countMoves = async (tx: Database | Transaction, residentId: string, since: Date): Promise<number> => {
  const [row] = await tx
    .select({ moves: count() })
    .from(residenceMoves)
    .where(and(eq(residenceMoves.residentId, residentId), gt(residenceMoves.movedAt, since)));
  return row?.moves ?? 0;
};

export const insertMove = async (tx: Transaction, row: typeof residenceMoves.$inferInsert): Promise<void> => {
  await tx.insert(residenceMoves).values(row);
};

/** Makes a resident live elsewhere, if they still live where they did. */
export const claimHome = async (
  tx: Transaction,
  residentId: string,
  fromId: string,
  home: Partial<typeof residents.$inferInsert> & { residenceId: string },
): Promise<boolean> => {
  const rows = await tx
    .update(residents)
    .set(home)
    .where(and(eq(residents.id, residentId), eq(residents.residenceId, fromId)))
    .returning({ id: residents.id });
  return rows.length === 1;
};

/** The accounts that look after any of these residences today. */
export const listReferentAccounts = async (tx: Transaction, residenceIds: string[]): Promise<string[]> => {
  const rows = await tx
    .selectDistinct({ accountId: roleGrants.accountId })
    .from(roleGrants)
    .where(and(inArray(roleGrants.residenceId, residenceIds), isNull(roleGrants.revokedAt)));
  return rows.map(({ accountId }) => accountId);
};
