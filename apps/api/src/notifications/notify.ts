import type { Transaction } from '@palier/db';
import { schema } from '@palier/db';
import type { MatchReason } from '@palier/domain/matching';
import type { NotificationKind } from '@palier/domain/notifications';
import { newId } from '../ids.ts';
import { type AuditEntry, type OutboxEvent, record } from '../record.ts';

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
 * Writes notifications and answers the stream's word for each, to be recorded with the act that they come from. An account hears once of one turn of one post, favour or case; of a
 * conversation, once until it has read it; of its own account and the watch, each time.
 */
export const writeNotices = async (tx: Transaction, at: Date, notices: readonly Notice[]): Promise<OutboxEvent[]> => {
  if (notices.length === 0) return [];
  const rows = await tx
    .insert(schema.notifications)
    .values(
      notices.map(({ reasons = [], ...notice }) => ({
        ...notice,
        id: newId(),
        reasons: [...reasons],
        createdAt: at,
      })),
    )
    .onConflictDoNothing()
    .returning({
      id: schema.notifications.id,
      accountId: schema.notifications.accountId,
      kind: schema.notifications.kind,
    });
  return rows.map(({ id, accountId, kind }) => ({
    kind: 'notification',
    change: kind,
    notificationId: id,
    sideA: accountId,
  }));
};

/** Writes notifications with one audit row for all of them, and a word to the stream for each. Answers how many were new. */
export const notify = async (tx: Transaction, entry: AuditEntry, notices: readonly Notice[]): Promise<number> => {
  const events = await writeNotices(tx, entry.at, notices);
  if (events.length > 0) await record(tx, entry, events);
  return events.length;
};
