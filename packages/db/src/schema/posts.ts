import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { residents } from './accounts.ts';
import { id, instant, tsvector } from './columns.ts';
import { audienceEnum, categoryEnum, postKindEnum, postStateEnum, repeatEveryEnum } from './enums.ts';
import { residences, stairs } from './places.ts';

/** A repeated ask: what its next dates are made from; words said for all of them come before those of the latest one. */
export const series = pgTable('series', {
  id: id(),
  authorId: uuid('author_id')
    .notNull()
    .references(() => residents.id),
  every: repeatEveryEnum('every').notNull(),
  firstFrom: instant('first_from').notNull(),
  firstTo: instant('first_to').notNull(),
  until: instant('until').notNull(),
  madeUntil: instant('made_until').notNull(),
  title: text('title'),
  details: text('details'),
  helpersNeeded: integer('helpers_needed'),
  endedAt: instant('ended_at'),
  createdAt: instant('created_at').notNull().defaultNow(),
});

/** A date that its author skips: no post is made for it. */
export const seriesSkips = pgTable(
  'series_skips',
  {
    seriesId: uuid('series_id')
      .notNull()
      .references(() => series.id, { onDelete: 'cascade' }),
    date: instant('date').notNull(),
  },
  (t) => [primaryKey({ columns: [t.seriesId, t.date] })],
);

/** The same person at each date of a series, once both sides wish it; either may end it. */
export const seriesStandings = pgTable(
  'series_standings',
  {
    seriesId: uuid('series_id')
      .notNull()
      .references(() => series.id, { onDelete: 'cascade' }),
    residentId: uuid('resident_id')
      .notNull()
      .references(() => residents.id, { onDelete: 'cascade' }),
    theirsAt: instant('theirs_at'),
    authorsAt: instant('authors_at'),
  },
  (t) => [
    primaryKey({ columns: [t.seriesId, t.residentId] }),
    uniqueIndex('series_standings_one').on(t.seriesId).where(sql`theirs_at is not null and authors_at is not null`),
    index('series_standings_resident').on(t.residentId),
  ],
);

/** `taken` counts live and done favours; `cell` and `commune` are copied from the author's residence at posting. */
export const posts = pgTable(
  'posts',
  {
    id: id(),
    authorId: uuid('author_id')
      .notNull()
      .references(() => residents.id),
    residenceId: uuid('residence_id')
      .notNull()
      .references(() => residences.id),
    stairId: uuid('stair_id').references(() => stairs.id),
    commune: text('commune').notNull(),
    cell: text('cell').notNull(),
    kind: postKindEnum('kind').notNull(),
    category: categoryEnum('category').notNull(),
    title: text('title').notNull(),
    details: text('details').notNull().default(''),
    audience: audienceEnum('audience').notNull(),
    helpersNeeded: integer('helpers_needed').notNull().default(1),
    taken: integer('taken').notNull().default(0),
    urgentUntil: instant('urgent_until'),
    windowFrom: instant('window_from'),
    windowTo: instant('window_to'),
    state: postStateEnum('state').notNull(),
    endReason: text('end_reason'),
    hall: boolean('hall').notNull().default(false),
    onBehalf: boolean('on_behalf').notNull().default(false),
    seriesId: uuid('series_id').references(() => series.id),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    search: tsvector('search').generatedAlwaysAs(
      sql`to_tsvector('public.palier_fr'::regconfig, title || ' ' || details)`,
    ),
  },
  (t) => [
    index('posts_cell_newest')
      .on(t.cell, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst(), t.kind)
      .where(sql`state = 'open' and audience in ('neighbourhood', 'commune')`),
    index('posts_cell_category_newest')
      .on(t.cell, t.category, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst(), t.kind)
      .where(sql`state = 'open' and audience in ('neighbourhood', 'commune')`),
    index('posts_cell_urgent')
      .on(t.cell, t.urgentUntil)
      .where(sql`state = 'open' and urgent_until is not null and audience in ('neighbourhood', 'commune')`),
    index('posts_urgent').on(t.urgentUntil).where(sql`state = 'open' and urgent_until is not null`),
    index('posts_residence_newest')
      .on(t.residenceId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst(), t.stairId)
      .where(sql`state = 'open'`),
    index('posts_author').on(t.authorId, t.createdAt.desc().nullsFirst()),
    index('posts_series').on(t.seriesId, t.windowFrom).where(sql`series_id is not null`),
    index('posts_expires').on(t.expiresAt).where(sql`state in ('held', 'open', 'filled')`),
    check('posts_taken', sql`${t.taken} between 0 and ${t.helpersNeeded}`),
    check('posts_filled', sql`${t.state} <> 'open' or ${t.taken} < ${t.helpersNeeded}`),
    check('posts_window', sql`(${t.windowFrom} is null) = (${t.windowTo} is null) and ${t.windowFrom} < ${t.windowTo}`),
  ],
);

/** For whom a post was written when it is not its author: kept apart, shown to the accepted helper alone. */
export const postBeneficiaries = pgTable('post_beneficiaries', {
  postId: uuid('post_id')
    .primaryKey()
    .references(() => posts.id, { onDelete: 'cascade' }),
  name: text('name').notNull(),
  consent: text('consent').notNull(),
  givenAt: instant('given_at').notNull(),
});
