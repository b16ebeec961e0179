import { schema, type Transaction } from '@palier/db';
import { and, asc, eq, isNull } from 'drizzle-orm';

const { residences, residents, watchVolunteers } = schema;
const standing = isNull(watchVolunteers.endedAt);

/** Whether the resident helps, or offered to. */
export const findOwnVolunteer = async (tx: Transaction, residentId: string) => {
  const [row] = await tx
    .select({ id: watchVolunteers.id, offeredAt: watchVolunteers.offeredAt, acceptedAt: watchVolunteers.acceptedAt })
    .from(watchVolunteers)
    .where(and(eq(watchVolunteers.residentId, residentId), standing));
  return (
    row && { id: row.id, offeredAt: row.offeredAt.toISOString(), acceptedAt: row.acceptedAt?.toISOString() ?? null }
  );
};

export const insertVolunteer = async (tx: Transaction, row: typeof watchVolunteers.$inferInsert): Promise<boolean> => {
  const { rowCount } = await tx.insert(watchVolunteers).values(row).onConflictDoNothing();
  return rowCount === 1;
};

/** Accepts an offer that waits; undefined when there is none that the transaction sees. */
export const claimVolunteer = async (tx: Transaction, id: string, acceptedBy: string, acceptedAt: Date) => {
  const [row] = await tx
    .update(watchVolunteers)
    .set({ acceptedBy, acceptedAt })
    .where(and(eq(watchVolunteers.id, id), standing, isNull(watchVolunteers.acceptedAt)))
    .returning({ residentId: watchVolunteers.residentId });
  return row;
};

/** Ends an offer, accepted or not; undefined when none stands that the transaction sees. */
export const claimVolunteerEnd = async (
  tx: Transaction,
  which: { id: string } | { residentId: string },
  endedAt: Date,
) => {
  const [row] = await tx
    .update(watchVolunteers)
    .set({ endedAt })
    .where(
      and(
        'id' in which ? eq(watchVolunteers.id, which.id) : eq(watchVolunteers.residentId, which.residentId),
        standing,
      ),
    )
    .returning({ id: watchVolunteers.id, residentId: watchVolunteers.residentId });
  return row;
};

/** The volunteers of a territory, and those who offered, who waits first. */
export const listVolunteers = async (tx: Transaction, territoryId: string) => {
  const rows = await tx
    .select({
      id: watchVolunteers.id,
      displayName: residents.displayName,
      residence: residences.name,
      offeredAt: watchVolunteers.offeredAt,
      acceptedAt: watchVolunteers.acceptedAt,
    })
    .from(watchVolunteers)
    .innerJoin(residents, eq(residents.id, watchVolunteers.residentId))
    .innerJoin(residences, eq(residences.id, residents.residenceId))
    .where(and(eq(watchVolunteers.territoryId, territoryId), standing, isNull(residents.leftAt)))
    .orderBy(asc(watchVolunteers.acceptedAt), asc(watchVolunteers.offeredAt));
  return rows.map((row) => ({
    ...row,
    offeredAt: row.offeredAt.toISOString(),
    acceptedAt: row.acceptedAt?.toISOString() ?? null,
  }));
};

export const findAccountOf = async (tx: Transaction, residentId: string): Promise<string | null> => {
  const [row] = await tx.select({ accountId: residents.accountId }).from(residents).where(eq(residents.id, residentId));
  return row?.accountId ?? null;
};
