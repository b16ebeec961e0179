import { createHash } from 'node:crypto';
import type { Transaction } from '@palier/db';
import type { OutboxKind } from '@palier/domain/live';
import { type SQL, sql } from 'drizzle-orm';
import type { ResidentContext } from './context.ts';
import { newId } from './ids.ts';

/** What the log keeps of an act: pseudonymous ids, closed codes, and the hash of any text. */
export type AuditEntry = {
  at: Date;
  actorId: string | null;
  actorRole: 'resident' | 'referent' | 'coordinator' | 'officer' | 'operator' | 'visitor' | 'system';
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

/** Who acts, for the log: a resident themselves, or the referent who acts for them; when. */
export const actedBy = (
  ctx: Pick<ResidentContext, 'now' | 'actor' | 'acting'>,
): Pick<AuditEntry, 'at' | 'actorId' | 'actorRole' | 'onBehalfOf'> => ({
  at: ctx.now,
  actorId: ctx.actor.accountId,
  actorRole: ctx.acting?.role ?? 'resident',
  ...(ctx.acting && { onBehalfOf: ctx.acting.residentId }),
});

/** What the stream tells of an act: ids only. `cell`, `residenceId`, `commune` route a post; the sides are those whom a private event concerns. */
export type OutboxEvent = {
  kind: OutboxKind;
  change: string;
  postId?: string;
  favourId?: string;
  notificationId?: string;
  cell?: string;
  residenceId?: string;
  commune?: string;
  sideA?: string;
  sideB?: string;
};

/** The one statement that writes the audit row and the outbox rows of a mutation, and before them, if given, what the mutation itself inserts. */
export const recordStatement = (entry: AuditEntry, events: readonly OutboxEvent[], first?: SQL): SQL => {
  const auditId = newId();
  const textHash = entry.text === undefined ? null : createHash('sha256').update(entry.text).digest('base64url');
  const rows = (events.length > 0 ? events : [{ kind: 'audit', change: entry.action } satisfies OutboxEvent]).map(
    (event: OutboxEvent, n) => ({
      kind: event.kind,
      change: event.change,
      post_id: event.postId ?? null,
      favour_id: event.favourId ?? null,
      notification_id: event.notificationId ?? null,
      cell: event.cell ?? null,
      residence_id: event.residenceId ?? null,
      commune: event.commune ?? null,
      side_a: event.sideA ?? null,
      side_b: event.sideB ?? null,
      audit_id: n === 0 ? auditId : null,
    }),
  );
  return sql`
    with ${first ? sql`first as (${first}), ` : sql.empty()}entry as (
      insert into audit (id, at, actor_id, actor_role, action, subject, subject_id, residence_id, commune, reason, text_hash, on_behalf_of)
      values (${auditId}, ${entry.at.toISOString()}, ${entry.actorId}, ${entry.actorRole}, ${entry.action}, ${entry.subject}, ${entry.subjectId ?? null},
        ${entry.residenceId ?? null}, ${entry.commune ?? null}, ${entry.reason ?? null}, ${textHash}, ${entry.onBehalfOf ?? null})
    )
    insert into outbox (kind, change, post_id, favour_id, notification_id, cell, residence_id, commune, side_a, side_b, audit_id)
    select kind::outbox_kind, change, post_id, favour_id, notification_id, cell, residence_id, commune, side_a, side_b, audit_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(kind text, change text, post_id uuid, favour_id uuid, notification_id uuid, cell text, residence_id uuid, commune text, side_a uuid, side_b uuid, audit_id uuid)`;
};

/** Writes the audit row and the outbox rows of one mutation, in its transaction and one statement; the first outbox row carries the audit row to the chain. */
export const record = async (
  tx: Transaction,
  entry: AuditEntry,
  events: readonly OutboxEvent[] = [],
): Promise<void> => {
  await tx.execute(recordStatement(entry, events));
};
