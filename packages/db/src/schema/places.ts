import { sql } from 'drizzle-orm';
import { check, doublePrecision, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { residenceModeEnum } from './enums.ts';

export const territories = pgTable('territories', {
  id: id(),
  name: text('name').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
});

/** `cell` is the public cell: stored once, never recomputed unless the residence moves. The exact point is in `residence_places`. */
export const residences = pgTable(
  'residences',
  {
    id: id(),
    territoryId: uuid('territory_id')
      .notNull()
      .references(() => territories.id),
    commune: text('commune').notNull(),
    name: text('name').notNull(),
    homes: integer('homes').notNull(),
    cell: text('cell').notNull(),
    mode: residenceModeEnum('mode').notNull().default('screened'),
    /** What names it in the list it was imported from, so that the same list opens nothing twice. */
    importKey: text('import_key'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('residences_import').on(t.territoryId, t.commune, t.importKey),
    index('residences_territory').on(t.territoryId),
    index('residences_cell').on(t.cell),
    index('residences_commune').on(t.commune),
    check('residences_homes', sql`${t.homes} between 1 and 5000`),
    check('residences_commune_code', sql`length(${t.commune}) = 5`),
  ],
);

/** The exact point and address: read by two functions only, the one that derives the public cell and the sharing of a door. */
export const residencePlaces = pgTable('residence_places', {
  residenceId: uuid('residence_id')
    .primaryKey()
    .references(() => residences.id, { onDelete: 'cascade' }),
  lat: doublePrecision('lat').notNull(),
  lon: doublePrecision('lon').notNull(),
  address: text('address').notNull(),
});

export const stairs = pgTable(
  'stairs',
  {
    id: id(),
    residenceId: uuid('residence_id')
      .notNull()
      .references(() => residences.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
  },
  (t) => [uniqueIndex('stairs_name').on(t.residenceId, t.name)],
);
