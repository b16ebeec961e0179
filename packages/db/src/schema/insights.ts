import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { townPurposeEnum } from './enums.ts';

/** What was published of a commune's closed week or month, as the very bytes that were, with their SHA-256; append-only by trigger and by grant. `report` is the build's own, for the operator. */
export const releases = pgTable(
  'releases',
  {
    id: id(),
    commune: text('commune').notNull(),
    period: text('period').notNull(),
    number: integer('number').notNull(),
    body: text('body').notNull(),
    sha256: text('sha256').notNull(),
    report: jsonb('report').$type<Record<string, number>>().notNull(),
    builtAt: instant('built_at').notNull(),
  },
  (t) => [uniqueIndex('releases_once').on(t.commune, t.period, t.number)],
);

/** What the month's board shows of people, refreshed every hour: it only grows, by five. */
export const boards = pgTable(
  'boards',
  {
    commune: text('commune').notNull(),
    month: text('month').notNull(),
    people: integer('people'),
    refreshedAt: instant('refreshed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.commune, t.month] })],
);

/** Outlines of communes that the operator loaded besides those that ship: GeoJSON, with its source and licence. */
export const outlines = pgTable('outlines', {
  commune: text('commune').primaryKey(),
  outline: text('outline').notNull(),
  source: text('source').notNull(),
  licence: text('licence').notNull(),
  importedAt: instant('imported_at').notNull(),
});

/** What a town hall wrote to its commune or one of its quarters: publicly archived, never changed; who wrote is in the log. */
export const townMessages = pgTable(
  'town_messages',
  {
    id: id(),
    commune: text('commune').notNull(),
    quarter: text('quarter'),
    quarterNumber: integer('quarter_number'),
    purpose: townPurposeEnum('purpose').notNull(),
    title: text('title').notNull(),
    text: text('text').notNull(),
    writtenAt: instant('written_at').notNull(),
  },
  (t) => [index('town_messages_commune').on(t.commune, t.writtenAt.desc())],
);

/** The telephone numbers of services that a town hall publishes. */
export const usefulNumbers = pgTable(
  'useful_numbers',
  {
    id: id(),
    commune: text('commune').notNull(),
    label: text('label').notNull(),
    number: text('number').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('useful_numbers_commune').on(t.commune, t.label)],
);

/** What a town hall decided of its figures: whether anyone may read them, and what an hour given is reckoned at, with the text that says so. Who and when is in the log. */
export const townSettings = pgTable('town_settings', {
  commune: text('commune').primaryKey(),
  publicSince: instant('public_since'),
  hourlyCents: integer('hourly_cents'),
  hourlySource: text('hourly_source'),
  hourlySetAt: instant('hourly_set_at'),
});
