import { sql } from 'drizzle-orm';
import { check, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { weatherColourEnum, weatherHazardEnum, weatherProblemEnum } from './enums.ts';
import { territories } from './places.ts';

/** The reading of the vigilance map: one row. `source` is a hash of its address: another address is read at once. */
export const weatherSource = pgTable(
  'weather_source',
  {
    id: integer('id').primaryKey(),
    source: text('source').notNull(),
    nextAt: instant('next_at').notNull(),
    failures: integer('failures').notNull(),
    problem: weatherProblemEnum('problem'),
    issuedAt: instant('issued_at'),
    readAt: instant('read_at'),
  },
  (t) => [check('weather_source_one', sql`${t.id} = 1`)],
);

/** What the last bulletin that spoke of a department and hazard stated; `told` is the colour that its coordinators and referents last heard of. */
export const weatherColours = pgTable(
  'weather_colours',
  {
    department: text('department').notNull(),
    hazard: weatherHazardEnum('hazard').notNull(),
    colour: weatherColourEnum('colour').notNull(),
    next: weatherColourEnum('next'),
    turnsAt: instant('turns_at').notNull(),
    statedAt: instant('stated_at').notNull(),
    told: weatherColourEnum('told').notNull().default('green'),
  },
  (t) => [primaryKey({ columns: [t.department, t.hazard] })],
);

/** A colour that a coordinator set by hand, which holds in their territory until taken back; who and when is in the log. */
export const weatherByHand = pgTable(
  'weather_by_hand',
  {
    territoryId: uuid('territory_id')
      .notNull()
      .references(() => territories.id, { onDelete: 'cascade' }),
    department: text('department').notNull(),
    hazard: weatherHazardEnum('hazard').notNull(),
    colour: weatherColourEnum('colour').notNull(),
    setAt: instant('set_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.territoryId, t.department, t.hazard] })],
);
