import { sql } from 'drizzle-orm';
import { index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { residents } from './accounts.ts';
import { id, instant } from './columns.ts';
import { favourStateEnum } from './enums.ts';
import { posts } from './posts.ts';

/** A helper's commitment to a request, or an author's gift to whoever takes an offer. `accepted_by` is whoever answered. */
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
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('favours_once')
      .on(t.postId, t.acceptedBy)
      .where(sql`state in ('standby', 'accepted', 'done', 'declined', 'no-show')`),
    uniqueIndex('favours_standby').on(t.postId).where(sql`state = 'standby'`),
    index('favours_post').on(t.postId, t.acceptedBy),
    index('favours_helper').on(t.helperId, t.createdAt.desc().nullsFirst()),
    index('favours_beneficiary').on(t.beneficiaryId, t.createdAt.desc().nullsFirst()),
    index('favours_commune').on(t.commune, t.updatedAt),
  ],
);
