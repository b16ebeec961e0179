import { createHash } from 'node:crypto';
import { clientOf, type Transaction } from '@palier/db';
import type { OutboxKind } from '@palier/domain/live';
import type { ResidentContext } from './context.ts';
import { newId } from './ids.ts';

/** What the log keeps of an act: pseudonymous ids, closed codes, and the hash of any text. */
export type AuditEntry = {
  at: Date;
  actorId: string | null;
  actorRole:
    | 'resident'
    | 'referent'
    | 'coordinator'
    | 'officer'
    | 'reader'
    | 'volunteer'
    | 'operator'
    | 'visitor'
    | 'system';
  action: string;
  subject: string;
  subjectId?: string;
  residenceId?: string;
  commune?: string;
  reason?: string;
  text?: string;
  /** The resident without internet in whose name a referent acts. */
  onBehalfOf?: string;
};

/** Who acts, for the log: a resident themselves, or the referent or the visitor who acts for them; when. */
export const actedBy = (
  ctx: Pick<ResidentContext, 'now' | 'actor' | 'acting' | 'visiting'>,
): Pick<AuditEntry, 'at' | 'actorId' | 'actorRole' | 'onBehalfOf'> => ({
  at: ctx.now,
  actorId: ctx.actor.accountId,
  actorRole: ctx.acting?.role ?? ctx.visiting?.role ?? 'resident',
  ...(ctx.acting && { onBehalfOf: ctx.acting.residentId }),
  ...(ctx.visiting && { onBehalfOf: ctx.actor.residentId }),
});

/** What the stream tells of an act: ids only. `cell`, `residenceId`, `commune` route a post; the sides are those whom a private event concerns. */
export type OutboxEvent = {
  kind: OutboxKind;
  change: string;
  postId?: string;
  favourId?: string;
  notificationId?: string;
  conversationId?: string;
  messageId?: string;
  caseId?: string;
  cell?: string;
  residenceId?: string;
  commune?: string;
  sideA?: string;
  sideB?: string;
};

/** A statement that is prepared under its name: the same name, always the same text. */
export type Statement = { name: string; text: string; values: unknown[] };

const outboxRow = (event: OutboxEvent, auditId: string | null) => ({
  kind: event.kind,
  change: event.change,
  post_id: event.postId ?? null,
  favour_id: event.favourId ?? null,
  notification_id: event.notificationId ?? null,
  conversation_id: event.conversationId ?? null,
  message_id: event.messageId ?? null,
  case_id: event.caseId ?? null,
  cell: event.cell ?? null,
  residence_id: event.residenceId ?? null,
  commune: event.commune ?? null,
  side_a: event.sideA ?? null,
  side_b: event.sideB ?? null,
  audit_id: auditId,
});

/** An audit row, its columns in the order in which statements name them. */
const auditRow = (id: string, entry: AuditEntry) => ({
  id,
  at: entry.at.toISOString(),
  actor_id: entry.actorId,
  actor_role: entry.actorRole,
  action: entry.action,
  subject: entry.subject,
  subject_id: entry.subjectId ?? null,
  residence_id: entry.residenceId ?? null,
  commune: entry.commune ?? null,
  reason: entry.reason ?? null,
  text_hash: entry.text === undefined ? null : createHash('sha256').update(entry.text).digest('base64url'),
  on_behalf_of: entry.onBehalfOf ?? null,
});

/** Outbox rows as one parameter; the first of each outcome carries the audit row to the chain. */
export const outboxRows = (auditId: string, outcomes: Readonly<Record<string, readonly OutboxEvent[]>>): string =>
  JSON.stringify(
    Object.entries(outcomes).flatMap(([outcome, events]) =>
      events.map((event, n) => ({ outcome, ...outboxRow(event, n === 0 ? auditId : null) })),
    ),
  );

/** Writes the rows of `outboxRows`, a JSON parameter; those of one outcome alone when `where` says which. */
export const insertOutbox = (parameter: number, where = ''): string =>
  `insert into outbox (kind, change, post_id, favour_id, notification_id, case_id, conversation_id, message_id, cell, residence_id, commune, side_a, side_b, audit_id)
    select kind::outbox_kind, change, post_id, favour_id, notification_id, case_id, conversation_id, message_id, cell, residence_id, commune, side_a, side_b, audit_id
    from jsonb_to_recordset($${parameter}::jsonb) as e(outcome text, kind text, change text, post_id uuid, favour_id uuid, notification_id uuid, case_id uuid, conversation_id uuid, message_id uuid, cell text, residence_id uuid,
      commune text, side_a uuid, side_b uuid, audit_id uuid) ${where}`;

/**
 * Makes the one statement that writes the audit row and the outbox rows of a mutation, and before them, if given, what the mutation itself inserts: a
 * statement that returns what it wrote, since nothing is logged or told of what was not written.
 */
export const recording = (name: string, first?: { text: string; parameters: number }) => {
  const before = first?.parameters ?? 0;
  const places = Array.from({ length: 12 }, (_, n) => `$${before + n + 1}`).join(', ');
  const text = `with ${first ? `first as (${first.text}), ` : ''}entry as (
      insert into audit (id, at, actor_id, actor_role, action, subject, subject_id, residence_id, commune, reason, text_hash, on_behalf_of)
      ${first ? `select ${places} from first` : `values (${places})`})
    ${insertOutbox(before + 13, first ? 'where exists (select from first) returning audit_id' : '')}`;
  return (entry: AuditEntry, events: readonly OutboxEvent[], values: readonly unknown[] = []): Statement => {
    const auditId = newId();
    const told = events.length > 0 ? events : [{ kind: 'audit', change: entry.action } satisfies OutboxEvent];
    return {
      name,
      text,
      values: [...values, ...Object.values(auditRow(auditId, entry)), outboxRows(auditId, { any: told })],
    };
  };
};

const recordAlone = recording('record');

/** Writes the audit row and the outbox rows of one mutation, in its transaction and one statement. */
export const record = async (
  tx: Transaction,
  entry: AuditEntry,
  events: readonly OutboxEvent[] = [],
): Promise<void> => {
  await clientOf(tx).query(recordAlone(entry, events));
};

const recordsAtOnce = {
  name: 'record_all',
  text: `with entries as (
      insert into audit (id, at, actor_id, actor_role, action, subject, subject_id, residence_id, commune, reason, text_hash, on_behalf_of)
      select * from jsonb_to_recordset($1::jsonb) as a(id uuid, at timestamptz, actor_id uuid, actor_role text, action text, subject text, subject_id uuid, residence_id uuid, commune text, reason text, text_hash text, on_behalf_of uuid))
    ${insertOutbox(2)}`,
};

/** Writes the audit rows of many mutations of one transaction, and the outbox rows of those that are told, in one statement, in the order given. */
export const recordAll = async (
  tx: Transaction,
  told: readonly { entry: AuditEntry; event?: OutboxEvent }[],
): Promise<void> => {
  if (told.length === 0) return;
  const rows = told.map(({ entry, event }) => ({ id: newId(), entry, event }));
  const entries = rows.map(({ id, entry }) => auditRow(id, entry));
  const events = rows.flatMap(({ id, event }) => (event ? [outboxRow(event, id)] : []));
  await clientOf(tx).query({ ...recordsAtOnce, values: [JSON.stringify(entries), JSON.stringify(events)] });
};

const besides = { name: 'outbox_besides', text: insertOutbox(1) };

/** Tells the stream something besides, in a transaction whose audit row is written with another statement. */
export const tellBesides = async (tx: Transaction, events: readonly OutboxEvent[]): Promise<void> => {
  const rows = JSON.stringify(events.map((event) => outboxRow(event, null)));
  await clientOf(tx).query({ ...besides, values: [rows] });
};
