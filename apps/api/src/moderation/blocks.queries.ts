import { type Database, schema, type Transaction } from '@palier/db';
import { liveFavourStates } from '@palier/domain/favours';
import { and, asc, desc, eq, inArray, or } from 'drizzle-orm';

const { blocks, favours, posts, residents } = schema;

/** Locks the posts of the live favours between two residents, in the order of their ids: posts before residents. */
export const lockPostsBetween = async (tx: Transaction, one: string, another: string): Promise<void> => {
  const ids = (await listFavoursBetween(tx, one, another)).map(({ postId }) => postId);
  if (ids.length > 0)
    await tx
      .select({ id: posts.id })
      .from(posts)
      .where(inArray(posts.id, ids))
      .orderBy(asc(posts.id))
      .for('no key update');
};

/** Locks two residents, so that no answer between them is being written; how many of them there are. */
export const lockResidents = async (tx: Transaction, one: string, another: string): Promise<number> => {
  const rows = await tx
    .select({ id: residents.id })
    .from(residents)
    .where(inArray(residents.id, [one, another]))
    .orderBy(asc(residents.id))
    .for('update');
  return rows.length;
};

/** The live favours between two residents, in the order of their posts. */
export const listFavoursBetween = (tx: Transaction, one: string, another: string) =>
  tx
    .select()
    .from(favours)
    .where(
      and(
        inArray(favours.state, [...liveFavourStates]),
        or(
          and(eq(favours.helperId, one), eq(favours.beneficiaryId, another)),
          and(eq(favours.helperId, another), eq(favours.beneficiaryId, one)),
        ),
      ),
    )
    .orderBy(asc(favours.postId), asc(favours.id));

export const insertBlock = async (
  tx: Transaction,
  residentId: string,
  blockedId: string,
  now: Date,
): Promise<boolean> => {
  const rows = await tx
    .insert(blocks)
    .values({ residentId, blockedId, createdAt: now })
    .onConflictDoNothing()
    .returning({ blockedId: blocks.blockedId });
  return rows.length === 1;
};

export const claimBlockLift = async (tx: Transaction, residentId: string, blockedId: string): Promise<boolean> => {
  const rows = await tx
    .delete(blocks)
    .where(and(eq(blocks.residentId, residentId), eq(blocks.blockedId, blockedId)))
    .returning({ blockedId: blocks.blockedId });
  return rows.length === 1;
};

/** The blocks that a resident set, with the first names, the latest first. */
export const listBlocksBy = (db: Database, residentId: string) =>
  db
    .select({ residentId: blocks.blockedId, displayName: residents.displayName, since: blocks.createdAt })
    .from(blocks)
    .innerJoin(residents, eq(residents.id, blocks.blockedId))
    .where(eq(blocks.residentId, residentId))
    .orderBy(desc(blocks.createdAt), asc(blocks.blockedId))
    .limit(200);
