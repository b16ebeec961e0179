import type { NoticeChoices } from '@palier/domain/notifications';
import { sql } from 'drizzle-orm';
import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { accounts, sessions } from './accounts.ts';
import { id, instant } from './columns.ts';
import { digestStateEnum } from './enums.ts';
import { notifications } from './notifications.ts';

const account = () =>
  uuid('account_id')
    .notNull()
    .references(() => accounts.id, { onDelete: 'cascade' });

/** How an account chose to be told, where it chose at all; `mail_hour` null is no e-mail. */
export const noticeChoices = pgTable('notice_choices', {
  accountId: account().primaryKey(),
  rows: jsonb('rows').$type<Partial<NoticeChoices['rows']>>().notNull(),
  mailHour: integer('mail_hour'),
  updatedAt: instant('updated_at').notNull(),
});

/** A device that an account is pushed to: the address that its browser's push service gave it, and the keys that only it can read with; forgotten with the session that asked for it, however that ends. */
export const pushSubscriptions = pgTable(
  'push_subscriptions',
  {
    id: id(),
    accountId: account(),
    sessionId: text('session_id').references(() => sessions.id, { onDelete: 'cascade' }),
    endpoint: text('endpoint').notNull(),
    p256dh: text('p256dh').notNull(),
    auth: text('auth').notNull(),
    createdAt: instant('created_at').notNull(),
    usedAt: instant('used_at').notNull(),
  },
  (t) => [
    uniqueIndex('push_subscriptions_endpoint').on(t.endpoint),
    index('push_subscriptions_account').on(t.accountId, t.createdAt),
    index('push_subscriptions_used').on(t.usedAt),
    index('push_subscriptions_session').on(t.sessionId),
  ],
);

/** A notification on its way to devices: when it is due, and what became of it. `sent_at` and `dropped_at` end it. */
export const pushes = pgTable(
  'pushes',
  {
    notificationId: uuid('notification_id')
      .primaryKey()
      .references(() => notifications.id, { onDelete: 'cascade' }),
    accountId: account(),
    day: date('day', { mode: 'string' }).notNull(),
    dueAt: instant('due_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    isCounted: boolean('is_counted').notNull().default(false),
    sentAt: instant('sent_at'),
    droppedAt: instant('dropped_at'),
  },
  (t) => [
    index('pushes_due').on(t.dueAt).where(sql`sent_at is null and dropped_at is null`),
    index('pushes_day').on(t.accountId, t.day),
  ],
);

/** One account's e-mail of one day on its commune's calendar: what was decided, and what became of it. */
export const digests = pgTable(
  'digests',
  {
    accountId: account(),
    day: date('day', { mode: 'string' }).notNull(),
    state: digestStateEnum('state').notNull(),
    dueAt: instant('due_at').notNull(),
    leaseUntil: instant('lease_until'),
    notices: integer('notices').notNull().default(0),
    messageId: text('message_id'),
    endedAt: instant('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.day] }),
    index('digests_open').on(t.dueAt).where(sql`state in ('waiting', 'handing')`),
    index('digests_day').on(t.day),
  ],
);
