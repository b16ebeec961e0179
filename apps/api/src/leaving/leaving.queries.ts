import { type Database, schema, type Transaction } from '@palier/db';
import type { Person } from '@palier/db/data-map';
import { and, eq, inArray, isNotNull, isNull, lte, or } from 'drizzle-orm';

const { accounts, residents, posts, favours, series, seriesStandings, sessions, residences } = schema;

/** The resident that an account is, if it is one, as they would act. */
export const findResidentOf = async (db: Database, who: { accountId: string } | { residentId: string }) => {
  const [row] = await db
    .select({
      id: residents.id,
      accountId: residents.accountId,
      residenceId: residents.residenceId,
      stairId: residents.stairId,
      trust: residents.trust,
      displayName: residents.displayName,
      cell: residences.cell,
      commune: residences.commune,
      leftAt: residents.leftAt,
    })
    .from(residents)
    .innerJoin(residences, eq(residences.id, residents.residenceId))
    .where('accountId' in who ? eq(residents.accountId, who.accountId) : eq(residents.id, who.residentId));
  return row;
};

/** Begins the grace of an account, unless it has begun. */
export const claimLeaving = async (tx: Transaction, accountId: string, eraseAt: Date, now: Date): Promise<boolean> => {
  const rows = await tx
    .update(accounts)
    .set({ eraseAt })
    .where(and(eq(accounts.id, accountId), isNull(accounts.eraseAt)))
    .returning({ id: accounts.id });
  await tx.update(residents).set({ leftAt: now }).where(eq(residents.accountId, accountId));
  return rows.length === 1;
};

/** Ends the grace of an account: it stays. False when it was not leaving. */
export const claimStaying = async (tx: Transaction, accountId: string): Promise<boolean> => {
  const rows = await tx
    .update(accounts)
    .set({ eraseAt: null })
    .where(and(eq(accounts.id, accountId), isNotNull(accounts.eraseAt)))
    .returning({ id: accounts.id });
  await tx.update(residents).set({ leftAt: null }).where(eq(residents.accountId, accountId));
  return rows.length === 1;
};

export const endSessions = async (tx: Transaction, accountId: string): Promise<void> => {
  await tx.delete(sessions).where(eq(sessions.userId, accountId));
};

/** The accounts whose grace is over, the longest first. */
export const listGraceOver = async (db: Database, now: Date, limit: number): Promise<string[]> => {
  const rows = await db
    .select({ id: accounts.id })
    .from(accounts)
    .where(lte(accounts.eraseAt, now))
    .orderBy(accounts.eraseAt)
    .limit(limit);
  return rows.map(({ id }) => id);
};

/** Takes hold of an account whose grace is over, with the resident it is; undefined when it stays after all, or is gone. */
export const lockGraceOver = async (tx: Transaction, accountId: string, now: Date): Promise<Person | undefined> => {
  const [account] = await tx
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.id, accountId), lte(accounts.eraseAt, now)))
    .for('update');
  if (!account) return undefined;
  const [resident] = await tx.select({ id: residents.id }).from(residents).where(eq(residents.accountId, accountId));
  return { accountId, residentId: resident?.id ?? null };
};

/** Marks a resident as gone, who has no account to say so. */
export const markLeft = async (tx: Transaction, residentId: string, now: Date): Promise<void> => {
  await tx.update(residents).set({ leftAt: now }).where(eq(residents.id, residentId));
};

/** What a resident has still to do with others: posts that live, favours they said yes to. */
export const listOngoing = async (db: Database, residentId: string) => {
  const live = await db
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.authorId, residentId), inArray(posts.state, ['held', 'open', 'filled'])));
  const accepted = await db
    .select({ id: favours.id })
    .from(favours)
    .where(
      and(
        or(eq(favours.helperId, residentId), eq(favours.beneficiaryId, residentId)),
        eq(favours.acceptedBy, residentId),
        inArray(favours.state, ['standby', 'accepted']),
      ),
    );
  return { postIds: live.map(({ id }) => id), favourIds: accepted.map(({ id }) => id) };
};

/** Ends the series of a resident, and their place as the same person each time in others'; answers how many series ended. */
export const claimSeriesEnds = async (tx: Transaction, residentId: string, now: Date): Promise<number> => {
  await tx.delete(seriesStandings).where(eq(seriesStandings.residentId, residentId));
  const rows = await tx
    .update(series)
    .set({ endedAt: now })
    .where(and(eq(series.authorId, residentId), isNull(series.endedAt)))
    .returning({ id: series.id });
  return rows.length;
};
