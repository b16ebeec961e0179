import { type Database, schema } from '@palier/db';
import type { Person } from '@palier/db/data-map';
import { and, eq, isNull, or } from 'drizzle-orm';

const { accounts, residents } = schema;

/** Residents of a residence, or of an e-mail address; those who left are no more among them. */
export const findPeople = async (
  db: Database,
  by: { residence?: string | undefined; email?: string | undefined },
): Promise<{ id: string; displayName: string; hasAccount: boolean }[]> => {
  const rows = await db
    .select({ id: residents.id, displayName: residents.displayName, accountId: residents.accountId })
    .from(residents)
    .leftJoin(accounts, eq(accounts.id, residents.accountId))
    .where(
      and(
        isNull(residents.leftAt),
        or(
          by.residence === undefined ? undefined : eq(residents.residenceId, by.residence),
          eq(accounts.email, by.email?.trim().toLowerCase() ?? ''),
        ),
      ),
    )
    .orderBy(residents.displayName);
  return rows.map(({ id, displayName, accountId }) => ({ id, displayName, hasAccount: accountId !== null }));
};

/** A resident and their account, as the data map finds their rows; null when there is none. */
export const findPerson = async (db: Database, residentId: string): Promise<Person | null> => {
  const [row] = await db.select({ accountId: residents.accountId }).from(residents).where(eq(residents.id, residentId));
  return row ? { accountId: row.accountId, residentId } : null;
};
