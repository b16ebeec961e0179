import { sql } from 'drizzle-orm';
import { bigint, bigserial, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { outboxKindEnum } from './enums.ts';

/**
 * What happened, written in the transaction in which it happened; ids only, never text. The sequencer stamps `seq`.
 * `at_cell`, `at_residence` and `at_commune` route a post's event; `side_a` and `side_b` are the residents (or the account) whom a private event concerns;
 * `audit_id` is the audit row that the sequencer chains when it stamps this one.
 */
export const outbox = pgTable(
  'outbox',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    seq: bigint('seq', { mode: 'number' }),
    kind: outboxKindEnum('kind').notNull(),
    change: text('change').notNull(),
    postId: uuid('post_id'),
    favourId: uuid('favour_id'),
    notificationId: uuid('notification_id'),
    conversationId: uuid('conversation_id'),
    messageId: uuid('message_id'),
    caseId: uuid('case_id'),
    cell: text('cell'),
    residenceId: uuid('residence_id'),
    commune: text('commune'),
    sideA: uuid('side_a'),
    sideB: uuid('side_b'),
    auditId: uuid('audit_id'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('outbox_seq').on(t.seq), index('outbox_waiting').on(t.id).where(sql`seq is null`)],
);

/** The head of the stream and who may move it: one row. `fence` grows at each election; `lease_until` is the database's clock. */
export const streamHead = pgTable('stream_head', {
  id: integer('id').primaryKey().default(1),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  fence: bigint('fence', { mode: 'number' }).notNull(),
  holderPid: integer('holder_pid'),
  leaseUntil: instant('lease_until'),
});

/** First answers to creating calls, kept 24 h: the same key by the same person is answered with the same bytes. */
export const answers = pgTable(
  'answers',
  {
    accountId: uuid('account_id').notNull(),
    key: text('key').notNull(),
    requestHash: text('request_hash').notNull(),
    status: integer('status').notNull(),
    body: text('body').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.key] }), index('answers_created').on(t.createdAt)],
);
