import { type Database, schema, type Transaction } from '@palier/db';
import { type EditNoticeChoices, type NoticeChoices, readChoices, withChoices } from '@palier/domain/notifications';
import { eq } from 'drizzle-orm';

const { noticeChoices } = schema;

/** How an account chose to be told; the defaults where it chose nothing. */
export const findChoices = async (db: Database | Transaction, accountId: string): Promise<NoticeChoices> => {
  const [row] = await db
    .select({ rows: noticeChoices.rows, mailHour: noticeChoices.mailHour })
    .from(noticeChoices)
    .where(eq(noticeChoices.accountId, accountId));
  return readChoices(row);
};

/** Writes what an account changes of its choices over what it had. */
export const keepChoices = async (
  tx: Transaction,
  accountId: string,
  change: EditNoticeChoices,
  now: Date,
): Promise<void> => {
  const chosen = { ...withChoices(await findChoices(tx, accountId), change), updatedAt: now };
  await tx
    .insert(noticeChoices)
    .values({ accountId, ...chosen })
    .onConflictDoUpdate({ target: noticeChoices.accountId, set: chosen });
};
