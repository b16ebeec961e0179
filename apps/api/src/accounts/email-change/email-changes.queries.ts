import { schema, type Transaction } from '@palier/db';
import { and, eq, gt, isNull, ne, notExists } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';

const { accounts, emailChanges, emailTokens } = schema;
const taken = alias(accounts, 'taken');

/** Keeps a change that was asked for; one asked for before and not confirmed ends there. */
export const keepChange = async (tx: Transaction, row: typeof emailChanges.$inferInsert): Promise<void> => {
  await tx
    .update(emailChanges)
    .set({ undoneAt: row.askedAt })
    .where(
      and(eq(emailChanges.accountId, row.accountId), isNull(emailChanges.confirmedAt), isNull(emailChanges.undoneAt)),
    );
  await tx.insert(emailChanges).values(row);
};

/** Confirms a change by its link, once, if it was asked for after `after`. */
export const claimChange = async (tx: Transaction, confirmHash: string, after: Date, now: Date) => {
  const [row] = await tx
    .update(emailChanges)
    .set({ confirmedAt: now })
    .where(
      and(
        eq(emailChanges.confirmHash, confirmHash),
        isNull(emailChanges.confirmedAt),
        isNull(emailChanges.undoneAt),
        gt(emailChanges.askedAt, after),
      ),
    )
    .returning({
      accountId: emailChanges.accountId,
      fromEmail: emailChanges.fromEmail,
      toEmail: emailChanges.toEmail,
    });
  return row;
};

/** What a link to undo names, if it is good: asked for after `after`. Its account is locked, so that no two changes of one account meet. */
export const lockChangeToUndo = async (tx: Transaction, undoHash: string, after: Date) => {
  const [row] = await tx
    .select({ change: emailChanges })
    .from(emailChanges)
    .innerJoin(accounts, eq(accounts.id, emailChanges.accountId))
    .where(and(eq(emailChanges.undoHash, undoHash), isNull(emailChanges.undoneAt), gt(emailChanges.askedAt, after)))
    .for('update');
  return row?.change;
};

/** Ends a change and those asked for since: none of their links does anything any more. */
export const endChangesSince = async (tx: Transaction, accountId: string, since: Date, now: Date): Promise<void> => {
  await tx
    .update(emailChanges)
    .set({ undoneAt: now })
    .where(
      and(
        eq(emailChanges.accountId, accountId),
        isNull(emailChanges.undoneAt),
        gt(emailChanges.askedAt, new Date(since.getTime() - 1)),
      ),
    );
};

/**
 * Gives an account another address, proved by whoever reads it, and voids the links mailed before; answers whether the old one had been proved, `taken` when the address is another account's,
 * null when the account is not at `from` any more.
 */
export const replaceEmail = async (
  tx: Transaction,
  input: { accountId: string; from: string | null; to: string; now: Date },
): Promise<{ wasConfirmed: boolean } | 'taken' | null> => {
  const { accountId, from, to, now } = input;
  const [before] = await tx
    .select({ email: accounts.email, confirmedAt: accounts.emailConfirmedAt })
    .from(accounts)
    .where(eq(accounts.id, accountId))
    .for('update');
  if (!before || (from !== null && before.email !== from)) return null;
  const isTaken = tx
    .select({ id: taken.id })
    .from(taken)
    .where(and(eq(taken.email, to), ne(taken.id, accountId)));
  // A step of its own: whoever takes the same address in the same instant is seen by the index alone.
  const rows = await tx
    .transaction((step) =>
      step
        .update(accounts)
        .set({ email: to, emailConfirmedAt: now, emailFailedAt: null })
        .where(and(eq(accounts.id, accountId), notExists(isTaken)))
        .returning({ id: accounts.id }),
    )
    .catch((error: Error & { cause?: { code?: string } }) => {
      if (error.cause?.code === '23505') return [];
      throw error;
    });
  if (rows.length === 0) return 'taken';
  await tx.delete(emailTokens).where(eq(emailTokens.accountId, accountId));
  return { wasConfirmed: before.confirmedAt !== null };
};
