import type { PgColumn } from 'drizzle-orm/pg-core';
import * as schema from '../schema/index.ts';
import { declare, type Entry, is, type Person } from './declare.ts';

const { digests, noticeChoices, pushes, pushSubscriptions } = schema;

const ofAccount = (column: PgColumn) => ({
  mine: (me: Person) => is(column, me.accountId),
  forgotten: [{ where: (me: Person) => is(column, me.accountId), does: 'delete' as const }],
});

export const tellingEntries: readonly Entry[] = [
  declare(noticeChoices, {
    holds: 'how someone chose to be told',
    kept: 'as long as the account',
    ...ofAccount(noticeChoices.accountId),
    plain: ['accountId', 'updatedAt'],
    personal: { rows: 'telling in the ways that were chosen', mailHour: 'the hour of the day’s e-mail' },
  }),
  declare(pushSubscriptions, {
    holds: 'devices that are pushed to',
    kept: 'until unsubscribed, or the end of the session that asked, or 90 days without use',
    ...ofAccount(pushSubscriptions.accountId),
    plain: ['id', 'accountId', 'createdAt'],
    personal: { usedAt: 'forgetting devices that are no longer used' },
    withheld: {
      sessionId: 'the hash that a session is known by: a secret',
      endpoint: 'whoever holds it may push to the device: a secret',
      p256dh: 'the device’s key',
      auth: 'a secret of the device',
    },
  }),
  declare(pushes, {
    holds: 'notifications on their way to devices',
    kept: '30 days',
    ...ofAccount(pushes.accountId),
    plain: ['notificationId', 'accountId', 'day', 'dueAt', 'attempts', 'isCounted', 'sentAt', 'droppedAt'],
  }),
  declare(digests, {
    holds: 'the e-mail of each day: whether there was one, and what became of it',
    kept: '30 days',
    ...ofAccount(digests.accountId),
    plain: ['accountId', 'day', 'state', 'dueAt', 'leaseUntil', 'notices', 'messageId', 'endedAt'],
  }),
];
