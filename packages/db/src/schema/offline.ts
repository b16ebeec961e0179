import { sql } from 'drizzle-orm';
import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accounts, residents } from './accounts.ts';
import { id, instant } from './columns.ts';
import { consentEnum } from './enums.ts';
import { residences } from './places.ts';
import { posts } from './posts.ts';

/** Half an hour in which a referent acts for a neighbour without internet, who agreed to it; by the database's clock. One at a time for each referent. */
export const actingSessions = pgTable(
  'acting_sessions',
  {
    id: id(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    residentId: uuid('resident_id')
      .notNull()
      .references(() => residents.id),
    consent: consentEnum('consent').notNull(),
    openedAt: instant('opened_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    closedAt: instant('closed_at'),
  },
  (t) => [
    uniqueIndex('acting_sessions_open').on(t.accountId).where(sql`closed_at is null`),
    index('acting_sessions_resident').on(t.residentId, t.openedAt),
  ],
);

/** A lobby's screen: the SHA-256 of the 256 bits in its address; the address itself is nowhere at rest. */
export const hallScreens = pgTable(
  'hall_screens',
  {
    id: id(),
    residenceId: uuid('residence_id')
      .notNull()
      .references(() => residences.id, { onDelete: 'cascade' }),
    tokenHash: text('token_hash').notNull(),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => accounts.id),
    createdAt: instant('created_at').notNull(),
    revokedAt: instant('revoked_at'),
    seenAt: instant('seen_at'),
  },
  (t) => [uniqueIndex('hall_screens_token').on(t.tokenHash), index('hall_screens_residence').on(t.residenceId)],
);

/** A relative kept in copy of one ask, by e-mail, once they have said yes themselves: told that someone said yes and that it is done, nothing else. */
export const postCopies = pgTable(
  'post_copies',
  {
    id: id(),
    postId: uuid('post_id')
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    email: text('email').notNull(),
    locale: text('locale').notNull(),
    createdAt: instant('created_at').notNull(),
    confirmedAt: instant('confirmed_at'),
    stoppedAt: instant('stopped_at'),
  },
  (t) => [uniqueIndex('post_copies_post').on(t.postId), index('post_copies_created').on(t.createdAt)],
);
