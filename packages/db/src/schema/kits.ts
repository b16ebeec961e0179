import { date, doublePrecision, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { coolPlaceKindEnum, kitPaperEnum, kitSlugEnum, localeEnum } from './enums.ts';

/** How often each paper of a kit was taken, by day and by commune; `commune` is empty when none was said, or none where Palier is open. */
export const kitDownloads = pgTable(
  'kit_downloads',
  {
    day: date('day', { mode: 'string' }).notNull(),
    slug: kitSlugEnum('slug').notNull(),
    paper: kitPaperEnum('paper').notNull(),
    locale: localeEnum('locale').notNull(),
    commune: text('commune').notNull(),
    count: integer('count').notNull(),
  },
  (t) => [primaryKey({ columns: [t.slug, t.day, t.commune, t.paper, t.locale] })],
);

/** The last batch of counts that each process wrote, so that a batch sent twice counts once. */
export const kitCounters = pgTable('kit_counters', {
  processId: uuid('process_id').primaryKey(),
  batch: integer('batch').notNull(),
  writtenAt: instant('written_at').notNull(),
});

/** Public places where it is cool, by commune, as coordinators keep them. */
export const coolPlaces = pgTable(
  'cool_places',
  {
    id: id(),
    commune: text('commune').notNull(),
    kind: coolPlaceKindEnum('kind').notNull(),
    name: text('name').notNull(),
    whereabouts: text('whereabouts').notNull(),
    hours: text('hours').notNull(),
    lat: doublePrecision('lat'),
    lon: doublePrecision('lon'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('cool_places_commune').on(t.commune, t.name)],
);
