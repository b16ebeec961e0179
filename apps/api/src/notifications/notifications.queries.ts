import { type Database, schema } from '@palier/db';
import { eq, sql } from 'drizzle-orm';

const { accounts, emailTokens } = schema;

export const findAddressee = async (db: Database, accountId: string) => {
  const [row] = await db
    .select({
      id: accounts.id,
      email: accounts.email,
      displayName: accounts.displayName,
      locale: accounts.locale,
      emailConfirmedAt: accounts.emailConfirmedAt,
      eraseAt: accounts.eraseAt,
    })
    .from(accounts)
    .where(eq(accounts.id, accountId));
  return row;
};

/** Keeps a link's hash until it is used or expires; a retry of the same job finds it there. */
export const keepEmailToken = async (db: Database, row: typeof emailTokens.$inferInsert): Promise<void> => {
  await db
    .insert(emailTokens)
    .values(row)
    .onConflictDoUpdate({ target: emailTokens.hash, set: { expiresAt: sql`excluded.expires_at` } });
};
