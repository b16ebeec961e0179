import type { Transaction } from '@palier/db';
import { schema } from '@palier/db';
import type { MatchReason } from '@palier/domain/matching';
import type { NotificationKind } from '@palier/domain/notifications';
import { newId } from '../ids.ts';
import { type AuditEntry, record } from '../record.ts';

/**
 * What an account is to be told: ids and codes; it is put in words when it is read. `turn` tells one news of the same kind and subject from another
 * (`done`, then `thanked`); it stays empty where there is only one.
 */
export type Notice = {
  accountId: string;
  kind: NotificationKind;
  postId?: string;
  favourId?: string;
  conversationId?: string;
  caseId?: string;
  turn?: string;
  reasons?: readonly MatchReason[];
};

/**
 * Writes notifications with one audit row for all of them, and a word to the stream for each. An account hears once of one turn of one post, favour or case; of a conversation, once until
 * it has read it; of its own account and the watch, each time. Answers how many were new.
 */
export const notify = async (tx: Transaction, entry: AuditEntry, notices: readonly Notice[]): Promise<number> => {
  if (notices.length === 0) return 0;
  const rows = await tx
    .insert(schema.notifications)
    .values(
      notices.map(({ reasons = [], ...notice }) => ({
        ...notice,
        id: newId(),
        reasons: [...reasons],
        createdAt: entry.at,
      })),
    )
    .onConflictDoNothing()
    .returning({
      id: schema.notifications.id,
      accountId: schema.notifications.accountId,
      kind: schema.notifications.kind,
    });
  if (rows.length > 0)
    await record(
      tx,
      entry,
      rows.map(({ id, accountId, kind }) => ({
        kind: 'notification',
        change: kind,
        notificationId: id,
        sideA: accountId,
      })),
    );
  return rows.length;
};
