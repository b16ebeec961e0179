import { sql } from 'drizzle-orm';
import { index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { residents } from './accounts.ts';
import { id, instant } from './columns.ts';
import { favourStateEnum } from './enums.ts';
import { posts } from './posts.ts';

/** A helper's commitment to a request, or an author's gift to whoever takes an offer. `accepted_by` is whoever answered; `ended_at` is set by the database when an accepted one ends, whoever ends it. */
export const favours = pgTable(
  'favours',
  {
    id: id(),
    postId: uuid('post_id')
      .notNull()
      .references(() => posts.id),
    commune: text('commune').notNull(),
    authorId: uuid('author_id')
      .notNull()
      .references(() => residents.id),
    acceptedBy: uuid('accepted_by')
      .notNull()
      .references(() => residents.id),
    helperId: uuid('helper_id')
      .notNull()
      .references(() => residents.id),
    beneficiaryId: uuid('beneficiary_id')
      .notNull()
      .references(() => residents.id),
    state: favourStateEnum('state').notNull(),
    note: text('note').notNull().default(''),
    reason: text('reason'),
    minutes: integer('minutes'),
    thanks: text('thanks'),
    thankedAt: instant('thanked_at'),
    excuse: text('excuse').$type<'no-matter' | 'had-reason'>(),
    excusedAt: instant('excused_at'),
    remindedAt: instant('reminded_at'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (t) => [
    uniqueIndex('favours_once')
      .on(t.postId, t.acceptedBy)
      .where(sql`state in ('standby', 'accepted', 'done', 'declined') or (state = 'no-show' and excused_at is null)`),
    uniqueIndex('favours_standby').on(t.postId).where(sql`state = 'standby'`),
    index('favours_post').on(t.postId, t.acceptedBy),
    index('favours_helper').on(t.helperId, t.createdAt.desc().nullsFirst()),
    index('favours_beneficiary').on(t.beneficiaryId, t.createdAt.desc().nullsFirst()),
    index('favours_commune').on(t.commune, t.updatedAt),
  ],
);

/** The secret address of a resident's calendar: hashed, one at a time, gone when it is taken back. */
export const calendarFeeds = pgTable(
  'calendar_feeds',
  {
    residentId: uuid('resident_id')
      .primaryKey()
      .references(() => residents.id, { onDelete: 'cascade' }),
    tokenHash: text('token_hash').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('calendar_feeds_token').on(t.tokenHash)],
);
