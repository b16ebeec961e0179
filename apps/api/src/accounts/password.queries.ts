import { type Database, schema, type Transaction } from '@palier/db';
import { and, eq, gt, isNotNull } from 'drizzle-orm';

const { accounts, emailTokens, sessions } = schema;

export const findConfirmedAccount = async (db: Database, email: string) => {
  const [row] = await db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.email, email), isNotNull(accounts.emailConfirmedAt)));
  return row;
};

/** Whether a mailed link can still be used; asking does not use it. */
export const isEmailTokenGood = async (db: Database, hash: string, now: Date): Promise<boolean> => {
  const rows = await db
    .select({ hash: emailTokens.hash })
    .from(emailTokens)
    .where(and(eq(emailTokens.hash, hash), gt(emailTokens.expiresAt, now)));
  return rows.length === 1;
};

/** Replaces the password, if the address that was mailed is still the account's. */
export const updatePassword = async (
  tx: Transaction,
  accountId: string,
  email: string,
  passwordHash: string,
): Promise<boolean> => {
  const rows = await tx
    .update(accounts)
    .set({ passwordHash })
    .where(and(eq(accounts.id, accountId), eq(accounts.email, email)))
    .returning({ id: accounts.id });
  return rows.length === 1;
};

export const deleteSessions = async (tx: Transaction, accountId: string): Promise<void> => {
  await tx.delete(sessions).where(eq(sessions.userId, accountId));
};
