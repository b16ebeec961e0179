import { schema, type Transaction, watchAs } from '@palier/db';
import { and, desc, eq, lt, or } from 'drizzle-orm';

const { accounts, watchReadings } = schema;

export type Reading = typeof watchReadings.$inferInsert;

export const insertReading = async (tx: Transaction, reading: Reading): Promise<void> => {
  await tx.insert(watchReadings).values(reading);
};

type Part = { after: { at: Date; id: string } | null; limit: number };

/** Who read one person's entry, the latest first. */
export const listReadings = (tx: Transaction, personId: string, { after, limit }: Part) =>
  tx
    .select({
      id: watchReadings.id,
      displayName: accounts.displayName,
      as: watchReadings.readAs,
      what: watchReadings.what,
      at: watchReadings.at,
    })
    .from(watchReadings)
    .innerJoin(accounts, eq(accounts.id, watchReadings.accountId))
    .where(
      and(
        eq(watchReadings.personId, personId),
        after
          ? or(lt(watchReadings.at, after.at), and(eq(watchReadings.at, after.at), lt(watchReadings.id, after.id)))
          : undefined,
      ),
    )
    .orderBy(desc(watchReadings.at), desc(watchReadings.id))
    .limit(limit);

/** Readings of a person, for the sheet that one of their readers prints for them: readers see each other's only there. */
export const listReadingsForReader = async (
  tx: Transaction,
  { personId, accountId, now }: { personId: string; accountId: string; now: Date },
  part: Part,
) => {
  await watchAs(tx, 'house', now);
  const rows = await listReadings(tx, personId, part);
  await watchAs(tx, { accountId }, now);
  return rows;
};

type Row = Awaited<ReturnType<typeof listReadings>>[number];

/** A part of the readings of which one more than `limit` was asked for, and how the next part begins. */
export const partOf = (rows: readonly Row[], limit: number) => {
  const items = rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }));
  return { items, last: rows.length > limit ? items.at(-1) : undefined };
};
