import { type Database, schema, type Transaction } from '@palier/db';
import { readerStateOf } from '@palier/domain/watch';
import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';

const { accounts, blocks, residents, watchReaderGrants, watchReaders } = schema;
const standing = and(isNull(watchReaders.refusedAt), isNull(watchReaders.endedAt));

/** Namings that stand at `now` of these people, as the transaction may see them, in the order they were made. */
export const listReaders = async (tx: Transaction, personIds: readonly string[], now: Date) => {
  if (personIds.length === 0) return [];
  const rows = await tx
    .select({ naming: watchReaders, displayName: accounts.displayName })
    .from(watchReaders)
    .innerJoin(accounts, eq(accounts.id, watchReaders.accountId))
    .where(and(inArray(watchReaders.personId, [...personIds]), standing, gt(watchReaders.endsAt, now)))
    .orderBy(asc(watchReaders.namedAt), asc(watchReaders.id));
  return rows.map(({ naming, displayName }) => ({
    naming,
    line: {
      id: naming.id,
      displayName,
      state: readerStateOf(naming, now),
      effectiveAt: naming.effectiveAt?.toISOString() ?? null,
      endsAt: naming.endsAt.toISOString(),
    },
  }));
};

/** A naming that stands, as the transaction may see it. */
export const findNaming = async (tx: Transaction, id: string) => {
  const [row] = await tx
    .select()
    .from(watchReaders)
    .where(and(eq(watchReaders.id, id), standing));
  return row;
};

/** Names a reader; false when they are named already. A naming whose day is over gives way. Through `house`. */
export const insertNaming = async (tx: Transaction, row: typeof watchReaders.$inferInsert): Promise<boolean> => {
  await tx
    .update(watchReaders)
    .set({ endedAt: sql`${watchReaders.endsAt}` })
    .where(
      and(
        eq(watchReaders.personId, row.personId),
        eq(watchReaders.accountId, row.accountId),
        standing,
        lte(watchReaders.endsAt, row.namedAt),
      ),
    );
  const { rowCount } = await tx.insert(watchReaders).values(row).onConflictDoNothing();
  return rowCount === 1;
};

/** Changes a naming that stands; undefined when none does that the transaction may change. */
export const claimNaming = async (
  tx: Transaction,
  id: string,
  set: Pick<Partial<typeof watchReaders.$inferInsert>, 'announcedAt' | 'effectiveAt' | 'refusedAt' | 'endedAt'>,
) => {
  const isNew = set.announcedAt ? isNull(watchReaders.announcedAt) : undefined;
  const [row] = await tx
    .update(watchReaders)
    .set(set)
    .where(and(eq(watchReaders.id, id), standing, isNew))
    .returning({ personId: watchReaders.personId, accountId: watchReaders.accountId });
  return row;
};

/** Whether somebody is not to read a person: it is themselves, one of the two blocked the other, or the person refused them once. Through `house`. */
export const isUnfit = async (
  tx: Transaction,
  personId: string,
  person: { residentId: string; accountId: string | null },
  accountId: string,
): Promise<boolean> => {
  if (person.accountId === accountId) return true;
  const refused = await tx
    .select({ id: watchReaders.id })
    .from(watchReaders)
    .where(
      and(
        eq(watchReaders.personId, personId),
        eq(watchReaders.accountId, accountId),
        isNotNull(watchReaders.refusedAt),
      ),
    );
  if (refused.length > 0) return true;
  const reader = tx.select({ id: residents.id }).from(residents).where(eq(residents.accountId, accountId));
  const blocked = await tx
    .select({ at: blocks.createdAt })
    .from(blocks)
    .where(
      or(
        and(eq(blocks.residentId, person.residentId), inArray(blocks.blockedId, reader)),
        and(eq(blocks.blockedId, person.residentId), inArray(blocks.residentId, reader)),
      ),
    );
  return blocked.length > 0;
};

export const insertGrant = async (tx: Transaction, row: typeof watchReaderGrants.$inferInsert): Promise<boolean> => {
  // A role whose day is over gives way to a new one.
  await tx
    .update(watchReaderGrants)
    .set({ endedAt: sql`${watchReaderGrants.endsAt}` })
    .where(
      and(
        eq(watchReaderGrants.accountId, row.accountId),
        eq(watchReaderGrants.territoryId, row.territoryId),
        isNull(watchReaderGrants.endedAt),
        lte(watchReaderGrants.endsAt, row.namedAt),
      ),
    );
  const { rowCount } = await tx.insert(watchReaderGrants).values(row).onConflictDoNothing();
  return rowCount === 1;
};

/** The roles of readers of a territory that last at `now`. */
export const listGrants = async (db: Database | Transaction, territoryId: string, now: Date) => {
  const rows = await db
    .select({ grant: watchReaderGrants, displayName: accounts.displayName })
    .from(watchReaderGrants)
    .innerJoin(accounts, eq(accounts.id, watchReaderGrants.accountId))
    .where(
      and(
        eq(watchReaderGrants.territoryId, territoryId),
        isNull(watchReaderGrants.endedAt),
        gt(watchReaderGrants.endsAt, now),
      ),
    )
    .orderBy(asc(accounts.displayName));
  return rows.map(({ grant, displayName }) => ({ ...grant, displayName }));
};

export const findGrant = async (db: Database | Transaction, id: string) => {
  const [row] = await db
    .select()
    .from(watchReaderGrants)
    .where(and(eq(watchReaderGrants.id, id), isNull(watchReaderGrants.endedAt)));
  return row;
};

/** Ends a reader's role, and every naming they hold by it; false when it had ended. Through `house`. */
export const claimGrantEnd = async (
  tx: Transaction,
  { id, accountId, territoryId }: { id: string; accountId: string; territoryId: string },
  now: Date,
): Promise<boolean> => {
  const { rowCount } = await tx
    .update(watchReaderGrants)
    .set({ endedAt: now })
    .where(and(eq(watchReaderGrants.id, id), isNull(watchReaderGrants.endedAt)));
  await tx
    .update(watchReaders)
    .set({ endedAt: now })
    .where(
      and(
        eq(watchReaders.accountId, accountId),
        standing,
        sql`${watchReaders.personId} in (select s.id from watch_seats s join residences e on e.id = s.residence_id where e.territory_id = ${territoryId})`,
      ),
    );
  return rowCount === 1;
};
