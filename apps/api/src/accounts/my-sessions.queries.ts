import { type Database, schema, type Transaction } from '@palier/db';
import { and, desc, eq, gt, ne } from 'drizzle-orm';

const { sessions } = schema;

/** The sessions of an account that still stand, the latest used first. */
export const listSessionsOf = (db: Database, accountId: string, now: Date) =>
  db
    .select({
      hash: sessions.id,
      id: sessions.handle,
      agent: sessions.agent,
      createdAt: sessions.createdAt,
      lastUsedAt: sessions.lastUsedAt,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, accountId), gt(sessions.expiresAt, now)))
    .orderBy(desc(sessions.lastUsedAt), sessions.handle);

/** Ends one session of an account by its handle; false when it has no such session. */
export const claimSessionEnd = async (tx: Transaction, accountId: string, handle: string): Promise<boolean> => {
  const rows = await tx
    .delete(sessions)
    .where(and(eq(sessions.userId, accountId), eq(sessions.handle, handle)))
    .returning({ id: sessions.handle });
  return rows.length === 1;
};

/** Ends every session of an account but the one at hand. */
export const endOtherSessions = async (tx: Transaction, accountId: string, hash: string): Promise<void> => {
  await tx.delete(sessions).where(and(eq(sessions.userId, accountId), ne(sessions.id, hash)));
};
