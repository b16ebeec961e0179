import type { MatchReason } from '@palier/domain/matching';
import { sql } from 'drizzle-orm';
import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { id, instant } from './columns.ts';
import { notificationKindEnum } from './enums.ts';
import { favours } from './favours.ts';
import { posts } from './posts.ts';

/**
 * What an account was told of: ids and codes, never a text; it is put in words as things are when it is read. An account hears of one turn of one thing once; of a conversation, once
 * until it is read. Conversations and cases may be forgotten before the notices that speak of them.
 */
export const notifications = pgTable(
  'notifications',
  {
    id: id(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    kind: notificationKindEnum('kind').notNull(),
    postId: uuid('post_id').references(() => posts.id, { onDelete: 'cascade' }),
    favourId: uuid('favour_id').references(() => favours.id, { onDelete: 'cascade' }),
    conversationId: uuid('conversation_id'),
    caseId: uuid('case_id'),
    turn: text('turn').notNull().default(''),
    reasons: text('reasons').array().$type<MatchReason[]>().notNull().default(sql`'{}'`),
    createdAt: instant('created_at').notNull(),
    readAt: instant('read_at'),
    mailedAt: instant('mailed_at'),
  },
  (t) => [
    index('notifications_account').on(t.accountId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('notifications_unread').on(t.accountId).where(sql`read_at is null`),
    index('notifications_created').on(t.createdAt),
    uniqueIndex('notifications_once')
      .on(t.accountId, sql`coalesce(case_id, favour_id, post_id)`, t.kind, t.turn)
      .where(sql`conversation_id is null`),
    uniqueIndex('notifications_talk')
      .on(t.accountId, t.conversationId, t.kind)
      .where(sql`conversation_id is not null and read_at is null`),
  ],
);
