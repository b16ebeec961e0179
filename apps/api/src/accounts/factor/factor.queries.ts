import { type Database, schema, type Transaction } from '@palier/db';
import { and, eq, isNull, lt, or } from 'drizzle-orm';

const { secondFactors, recoveryCodes, sessions } = schema;

/** The second factor of an account and what this session gave of it. */
export const findFactor = async (db: Database | Transaction, accountId: string, sessionHash: string) => {
  const [factor] = await db.select().from(secondFactors).where(eq(secondFactors.accountId, accountId));
  const [session] = await db
    .select({ factorAt: sessions.factorAt, factorUsedAt: sessions.factorUsedAt })
    .from(sessions)
    .where(eq(sessions.id, sessionHash));
  return { factor, session: session ?? { factorAt: null, factorUsedAt: null } };
};

/** Keeps a secret that waits for its first code; false when the account has a confirmed one already. */
export const keepUnconfirmed = async (
  tx: Transaction,
  row: { accountId: string; sealedSecret: string; createdAt: Date },
): Promise<boolean> => {
  const rows = await tx
    .insert(secondFactors)
    .values(row)
    .onConflictDoUpdate({
      target: secondFactors.accountId,
      set: { sealedSecret: row.sealedSecret, createdAt: row.createdAt, lastStep: 0 },
      setWhere: isNull(secondFactors.confirmedAt),
    })
    .returning({ accountId: secondFactors.accountId });
  return rows.length === 1;
};

/** Confirms a factor by its first code; false when it is confirmed already, or has another secret by now. */
export const claimConfirmed = async (
  tx: Transaction,
  { accountId, sealedSecret }: { accountId: string; sealedSecret: string },
  step: number,
  now: Date,
): Promise<boolean> => {
  const rows = await tx
    .update(secondFactors)
    .set({ confirmedAt: now, lastStep: step })
    .where(
      and(
        eq(secondFactors.accountId, accountId),
        eq(secondFactors.sealedSecret, sealedSecret),
        isNull(secondFactors.confirmedAt),
      ),
    )
    .returning({ accountId: secondFactors.accountId });
  return rows.length === 1;
};

/** Uses the code of one step, once and never one before it; false when it, or a later one, was used. */
export const claimStep = async (tx: Transaction, accountId: string, step: number): Promise<boolean> => {
  const rows = await tx
    .update(secondFactors)
    .set({ lastStep: step })
    .where(and(eq(secondFactors.accountId, accountId), lt(secondFactors.lastStep, step)))
    .returning({ accountId: secondFactors.accountId });
  return rows.length === 1;
};

export const findRecoveryCode = async (db: Database, accountId: string, lookup: string) => {
  const [row] = await db
    .select({ secretHash: recoveryCodes.secretHash })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.accountId, accountId), eq(recoveryCodes.lookup, lookup)));
  return row;
};

/** Uses a recovery code up; false when it was. */
export const claimRecoveryCode = async (tx: Transaction, accountId: string, lookup: string): Promise<boolean> => {
  const rows = await tx
    .delete(recoveryCodes)
    .where(and(eq(recoveryCodes.accountId, accountId), eq(recoveryCodes.lookup, lookup)))
    .returning({ lookup: recoveryCodes.lookup });
  return rows.length === 1;
};

/** Replaces the recovery codes of an account. */
export const replaceRecoveryCodes = async (
  tx: Transaction,
  accountId: string,
  codes: readonly { lookup: string; secretHash: string }[],
): Promise<void> => {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId));
  await tx.insert(recoveryCodes).values(codes.map((code) => ({ ...code, accountId })));
};

export const countRecoveryCodes = (db: Database, accountId: string): Promise<number> =>
  db.$count(recoveryCodes, eq(recoveryCodes.accountId, accountId));

/** Says that the factor was given in this session. */
export const stampSession = async (tx: Transaction, sessionHash: string, now: Date): Promise<void> => {
  await tx.update(sessions).set({ factorAt: now, factorUsedAt: now }).where(eq(sessions.id, sessionHash));
};

/** Says that this session serves the desk, at most once a minute. */
export const touchSession = async (db: Database, sessionHash: string, now: Date): Promise<void> => {
  const minuteAgo = new Date(now.getTime() - 60_000);
  await db
    .update(sessions)
    .set({ factorUsedAt: now })
    .where(and(eq(sessions.id, sessionHash), or(isNull(sessions.factorUsedAt), lt(sessions.factorUsedAt, minuteAgo))));
};

/** Takes the factor of an account away, with its recovery codes and what its sessions gave of it; false when it has none. */
export const removeFactor = async (tx: Transaction, accountId: string): Promise<boolean> => {
  const rows = await tx
    .delete(secondFactors)
    .where(eq(secondFactors.accountId, accountId))
    .returning({ accountId: secondFactors.accountId });
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId));
  await tx.update(sessions).set({ factorAt: null, factorUsedAt: null }).where(eq(sessions.userId, accountId));
  return rows.length === 1;
};
