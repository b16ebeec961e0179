import { clientOf, type Transaction } from '@palier/db';
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

const inserting = {
  name: 'notifications_write',
  text: `insert into notifications (id, account_id, kind, post_id, favour_id, conversation_id, case_id, turn, reasons, created_at)
    select id, account_id, kind, post_id, favour_id, conversation_id, case_id, turn, reasons, $2::timestamptz
    from jsonb_to_recordset($1::jsonb) as n(id uuid, account_id uuid, kind notification_kind, post_id uuid, favour_id uuid, conversation_id uuid, case_id uuid, turn text, reasons text[])
    on conflict do nothing returning id, account_id as "accountId", kind`,
};

/**
 * Writes notifications and answers the stream's word for each, to be recorded with the act that they come from. An account hears once of one turn of one post, favour or case; of a
 * conversation, once until it has read it; of its own account and the watch, each time.
 */
export const writeNotices = async (tx: Transaction, at: Date, notices: readonly Notice[]): Promise<OutboxEvent[]> => {
  if (notices.length === 0) return [];
  const written = notices.map(
    ({ accountId, kind, postId, favourId, conversationId, caseId, turn = '', reasons = [] }) => ({
      ...{ id: newId(), account_id: accountId, kind, post_id: postId, favour_id: favourId },
      ...{ conversation_id: conversationId, case_id: caseId, turn, reasons },
    }),
  );
  const { rows } = await clientOf(tx).query<{ id: string; accountId: string; kind: NotificationKind }>({
    ...inserting,
    values: [JSON.stringify(written), at],
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
