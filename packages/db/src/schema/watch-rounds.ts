import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  check,
  date,
  index,
  integer,
  pgPolicy,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { id, instant } from './columns.ts';
import {
  checkOutcomeEnum,
  checkStateEnum,
  watchEndingEnum,
  watchStepEnum,
  watchWayEnum,
  weatherColourEnum,
  weatherHazardEnum,
} from './enums.ts';
import { territories } from './places.ts';
import { watchPeople } from './watch.ts';

/** Row security as in watch.ts: the product's own work sees every row, a reader those of the people they read. */
const house = pgPolicy('house', { using: sql`(select watch_house())`, withCheck: sql`(select watch_house())` });
/** What belongs to a check is seen by whoever sees the check. */
const withCheck = pgPolicy('reader', { for: 'select', using: sql`check_id in (select id from watch_checks)` });
/** What somebody did themselves: theirs to find in their export. */
const by = (column: AnyPgColumn) => pgPolicy('by', { for: 'select', using: sql`${column} = (select watch_account())` });
const account = (name: string) => uuid(name).references(() => accounts.id, { onDelete: 'set null' });
const checkId = () =>
  uuid('check_id')
    .notNull()
    .references(() => watchChecks.id, { onDelete: 'cascade' });

/**
 * Passages over the watch of a territory in a department; one open at a time for each hazard. `floor`: the least colour that a coordinator asked for; null when the weather alone opened it.
 * `was_calm`: the weather was seen to be green since it was closed, so that it may open another. `made_at`: until when its checks were made; null before the first time.
 */
export const watchRounds = pgTable(
  'watch_rounds',
  {
    id: id(),
    territoryId: uuid('territory_id')
      .notNull()
      .references(() => territories.id, { onDelete: 'cascade' }),
    department: text('department').notNull(),
    hazard: weatherHazardEnum('hazard').notNull(),
    colour: weatherColourEnum('colour').notNull(),
    floor: weatherColourEnum('floor'),
    since: instant('since').notNull(),
    openedAt: instant('opened_at').notNull(),
    openedBy: account('opened_by'),
    closedAt: instant('closed_at'),
    closedBy: account('closed_by'),
    wasCalm: boolean('was_calm').notNull().default(false),
    madeAt: instant('made_at'),
  },
  (t) => [
    uniqueIndex('watch_rounds_open').on(t.territoryId, t.department, t.hazard).where(sql`closed_at is null`),
    index('watch_rounds_last').on(t.territoryId, t.department, t.hazard, t.openedAt),
  ],
);

/**
 * One contact of one person, at an hour of a day of the commune's calendar: once, whatever rounds are open. `offered_at`: from when somebody may claim it; `told_at`: since when somebody was told that it waits;
 * `attempts`: how often nobody answered.
 */
export const watchChecks = pgTable(
  'watch_checks',
  {
    id: id(),
    roundId: uuid('round_id')
      .notNull()
      .references(() => watchRounds.id, { onDelete: 'cascade' }),
    personId: uuid('person_id')
      .notNull()
      .references(() => watchPeople.id, { onDelete: 'cascade' }),
    day: date('day', { mode: 'string' }).notNull(),
    hour: integer('hour').notNull(),
    colour: weatherColourEnum('colour').notNull(),
    state: checkStateEnum('state').notNull(),
    attempts: integer('attempts').notNull().default(0),
    dueAt: instant('due_at').notNull(),
    escalatesAt: instant('escalates_at').notNull(),
    offeredAt: instant('offered_at').notNull(),
    toldAt: instant('told_at'),
    heldBy: account('held_by'),
    heldUntil: instant('held_until'),
    endedAt: instant('ended_at'),
  },
  (t) => [
    uniqueIndex('watch_checks_once').on(t.personId, t.day, t.hour),
    index('watch_checks_round').on(t.roundId, t.dueAt),
    index('watch_checks_open').on(t.escalatesAt).where(sql`state in ('due', 'claimed', 'no-answer')`),
    index('watch_checks_held').on(t.heldBy).where(sql`state = 'claimed'`),
    index('watch_checks_due').on(t.dueAt),
    check('watch_checks_claimed', sql`(${t.state} = 'claimed') = (${t.heldUntil} is not null)`),
    house,
    pgPolicy('own', { for: 'select', using: sql`person_id in (select watch_own())` }),
    pgPolicy('reader', { for: 'select', using: sql`person_id in (select watch_read())` }),
    by(t.heldBy),
  ],
);

/** One going to a door, or one telephone call: written when a check is claimed, answered once. `outcome` is null while it is held, and for ever when the claim lapsed. `asked_at`: when a request was opened for the person, who needed something. */
export const watchAttempts = pgTable(
  'watch_attempts',
  {
    id: id(),
    checkId: checkId(),
    accountId: account('account_id'),
    way: watchWayEnum('way').notNull(),
    claimedAt: instant('claimed_at').notNull(),
    outcome: checkOutcomeEnum('outcome'),
    answeredAt: instant('answered_at'),
    askedAt: instant('asked_at'),
  },
  (t) => [
    index('watch_attempts_check').on(t.checkId, t.claimedAt),
    index('watch_attempts_account').on(t.accountId),
    house,
    withCheck,
    by(t.accountId),
  ],
);

/** A door that nobody opened in time, until a named person ends it. `told`: how often somebody was called; `tell_at`: when they are called again, null once it is acknowledged. */
export const watchEscalations = pgTable(
  'watch_escalations',
  {
    checkId: uuid('check_id')
      .primaryKey()
      .references(() => watchChecks.id, { onDelete: 'cascade' }),
    raisedAt: instant('raised_at').notNull(),
    told: integer('told').notNull().default(0),
    tellAt: instant('tell_at'),
    acknowledgedBy: account('acknowledged_by'),
    acknowledgedAt: instant('acknowledged_at'),
    endedBy: account('ended_by'),
    endedAt: instant('ended_at'),
    ending: watchEndingEnum('ending'),
  },
  (t) => [
    index('watch_escalations_tell').on(t.tellAt).where(sql`tell_at is not null`),
    house,
    withCheck,
    by(t.acknowledgedBy),
    pgPolicy('ender', { for: 'select', using: sql`${t.endedBy} = (select watch_account())` }),
  ],
);

/** What a named person noted that they did about an escalation, from a closed list. */
export const watchSteps = pgTable(
  'watch_steps',
  {
    id: id(),
    checkId: checkId(),
    accountId: account('account_id'),
    step: watchStepEnum('step').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [index('watch_steps_check').on(t.checkId, t.at), house, withCheck, by(t.accountId)],
);
