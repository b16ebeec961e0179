import { schema, type Transaction } from '@palier/db';
import { and, eq, isNull, lt, sql } from 'drizzle-orm';

const { residents, watchPeople } = schema;
const live = isNull(watchPeople.withdrawnAt);

/** Withdraws the entries of whoever left or lives elsewhere now. Through `house`, like all of these. */
export const claimGone = async (tx: Transaction, now: Date): Promise<string[]> => {
  const rows = await tx
    .update(watchPeople)
    .set({ withdrawnAt: now })
    .where(
      and(
        live,
        sql`not exists (select from ${residents} r where r.id = ${watchPeople.residentId} and r.left_at is null and r.excluded_at is null and r.residence_id = ${watchPeople.residenceId})`,
      ),
    )
    .returning({ id: watchPeople.id });
  return rows.map(({ id }) => id);
};

/** Entries not reminded of whose consent lapses within 32 days. */
export const listLapsing = (tx: Transaction, now: Date) =>
  tx
    .select({ id: watchPeople.id, consentedAt: watchPeople.consentedAt, accountId: residents.accountId })
    .from(watchPeople)
    .innerJoin(residents, eq(residents.id, watchPeople.residentId))
    .where(
      and(live, isNull(watchPeople.remindedAt), lt(watchPeople.lapsesAt, new Date(now.getTime() + 32 * 86_400_000))),
    )
    .limit(500);

export const claimReminded = async (tx: Transaction, id: string, now: Date): Promise<boolean> => {
  const { rowCount } = await tx
    .update(watchPeople)
    .set({ remindedAt: now })
    .where(and(eq(watchPeople.id, id), isNull(watchPeople.remindedAt)));
  return rowCount === 1;
};
