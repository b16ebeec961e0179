import { sql } from 'drizzle-orm';
import { bigint, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';

/** Who did what to what, and why: pseudonymous ids, closed codes and hashes of texts. Append-only by trigger and by grant. */
export const audit = pgTable(
  'audit',
  {
    id: id(),
    at: instant('at').notNull(),
    actorId: uuid('actor_id'),
    actorRole: text('actor_role').notNull(),
    action: text('action').notNull(),
    subject: text('subject').notNull(),
    subjectId: uuid('subject_id'),
    residenceId: uuid('residence_id'),
    commune: text('commune'),
    reason: text('reason'),
    textHash: text('text_hash'),
    /** The resident without internet in whose name a referent acted. */
    onBehalfOf: uuid('on_behalf_of'),
  },
  (t) => [
    index('audit_residence').on(t.residenceId, t.at),
    index('audit_subject').on(t.subjectId),
    index('audit_on_behalf').on(t.onBehalfOf, t.at).where(sql`on_behalf_of is not null`),
  ],
);

/** The chain over `audit`, appended by the sequencer alone: each row's hash, and the hash of all before it. */
export const auditChain = pgTable(
  'audit_chain',
  {
    seq: bigint('seq', { mode: 'number' }).primaryKey(),
    auditId: uuid('audit_id').notNull(),
    rowHash: text('row_hash').notNull(),
    prevHash: text('prev_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [uniqueIndex('audit_chain_audit').on(t.auditId)],
);
