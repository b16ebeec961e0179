import type { MatchReason } from '@palier/domain/matching';
import { sql } from 'drizzle-orm';
import { date, index, integer, pgTable, primaryKey, real, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { residents } from './accounts.ts';
import { id, instant } from './columns.ts';
import { categoryEnum, ringEnum, tellingStepEnum } from './enums.ts';
import { posts } from './posts.ts';

/** What fits a request: an offer, or a resident who said they could; `ring` is how near the two are. */
export const matches = pgTable(
  'matches',
  {
    requestId: uuid('request_id')
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    offerId: uuid('offer_id').references(() => posts.id, { onDelete: 'cascade' }),
    residentId: uuid('resident_id').references(() => residents.id, { onDelete: 'cascade' }),
    ring: ringEnum('ring').notNull(),
    score: real('score').notNull(),
    reasons: text('reasons').array().$type<MatchReason[]>().notNull(),
  },
  (t) => [
    uniqueIndex('matches_offers').on(t.requestId, t.offerId).where(sql`offer_id is not null`),
    uniqueIndex('matches_residents').on(t.requestId, t.residentId).where(sql`resident_id is not null`),
    index('matches_offer').on(t.offerId).where(sql`offer_id is not null`),
    index('matches_resident').on(t.residentId).where(sql`resident_id is not null`),
  ],
);

/** One row a post that was opened: whoever tells of it holds its lock, so that nobody is told twice. `chase_at`: when its author is asked whether it is still needed. */
export const tellings = pgTable(
  'tellings',
  {
    postId: uuid('post_id')
      .primaryKey()
      .references(() => posts.id, { onDelete: 'cascade' }),
    openedAt: instant('opened_at').notNull(),
    chaseAt: instant('chase_at'),
    chasedAt: instant('chased_at'),
  },
  (t) => [index('tellings_chase').on(t.chaseAt).where(sql`chased_at is null and chase_at is not null`)],
);

/** Each ring of a post, when it is due, when it was told and how many it told. */
export const ringSteps = pgTable(
  'ring_steps',
  {
    postId: uuid('post_id')
      .notNull()
      .references(() => tellings.postId, { onDelete: 'cascade' }),
    step: tellingStepEnum('step').notNull(),
    dueAt: instant('due_at').notNull(),
    doneAt: instant('done_at'),
    told: integer('told').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.postId, t.step] }), index('ring_steps_due').on(t.dueAt).where(sql`done_at is null`)],
);

/** Who was told of which post: nobody twice. */
export const asks = pgTable(
  'asks',
  {
    postId: uuid('post_id')
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    residentId: uuid('resident_id')
      .notNull()
      .references(() => residents.id, { onDelete: 'cascade' }),
    step: tellingStepEnum('step').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.postId, t.residentId] }), index('asks_resident').on(t.residentId, t.at)],
);

/** How often a resident was told on one day of their commune's clocks: what keeps the daily limit exact whoever tells. */
export const askDays = pgTable(
  'ask_days',
  {
    residentId: uuid('resident_id')
      .notNull()
      .references(() => residents.id, { onDelete: 'cascade' }),
    day: date('day', { mode: 'string' }).notNull(),
    told: integer('told').notNull(),
  },
  (t) => [primaryKey({ columns: [t.residentId, t.day] }), index('ask_days_day').on(t.day)],
);

/** A saved interest: one a category. */
export const interests = pgTable(
  'interests',
  {
    id: id(),
    residentId: uuid('resident_id')
      .notNull()
      .references(() => residents.id, { onDelete: 'cascade' }),
    category: categoryEnum('category').notNull(),
    withinM: integer('within_m').notNull(),
    pausedAt: instant('paused_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('interests_once').on(t.residentId, t.category)],
);
