import type { Language } from '@palier/domain/accounts';
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  pgPolicy,
  pgTable,
  pgView,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { accounts, residents } from './accounts.ts';
import { id, instant } from './columns.ts';
import { dayPartEnum, watchConsentEnum, watchReadAsEnum, watchReadingKindEnum } from './enums.ts';
import { residences, stairs, territories } from './places.ts';

/** Row security, the second wall of privacy.md: the application sees the rows that `watchAs` opened in this transaction (watch-wall.ts), none without it. */
const house = pgPolicy('house', { using: sql`(select watch_house())`, withCheck: sql`(select watch_house())` });
/** Rows of people among those that one of the wall's functions names: `watch_own`, `watch_read`, `watch_recorded`, `watch_led`. */
const among = (person: AnyPgColumn | ReturnType<typeof sql>, list: 'own' | 'read' | 'recorded' | 'led') =>
  sql`${person} in (select ${sql.identifier(`watch_${list}`)}())`;

const accountId = (name: string) => uuid(name).references(() => accounts.id);

/** Who may be named a reader in a territory and be handed a signed slip there: a staff role, until a date. It opens nobody's entry by itself, and is behind no wall. */
export const watchReaderGrants = pgTable(
  'watch_reader_grants',
  {
    id: id(),
    accountId: accountId('account_id').notNull(),
    territoryId: uuid('territory_id')
      .notNull()
      .references(() => territories.id),
    namedBy: accountId('named_by').notNull(),
    namedAt: instant('named_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (t) => [uniqueIndex('watch_reader_grants_live').on(t.accountId, t.territoryId).where(sql`ended_at is null`)],
);

/**
 * Who asked to be looked in on, and what it takes to do it; nothing on health. `recorded_by`: the named reader who was handed the slip; `signed_on`, `signatory`: what is kept of it.
 * From `withdrawn_at` or `lapses_at` on nobody sees it, and it is gone within a day.
 */
export const watchPeople = pgTable(
  'watch_people',
  {
    id: id(),
    residentId: uuid('resident_id')
      .notNull()
      .references(() => residents.id),
    residenceId: uuid('residence_id')
      .notNull()
      .references(() => residences.id),
    stairId: uuid('stair_id').references(() => stairs.id),
    name: text('name').notNull(),
    floor: integer('floor'),
    door: text('door').notNull(),
    topFloor: boolean('top_floor').notNull(),
    phone: text('phone').notNull(),
    part: dayPartEnum('part').notNull(),
    language: text('language').$type<Language>().notNull(),
    consent: watchConsentEnum('consent').notNull(),
    consentVersion: text('consent_version').notNull(),
    consentedAt: instant('consented_at').notNull(),
    lapsesAt: instant('lapses_at').notNull(),
    remindedAt: instant('reminded_at'),
    recordedBy: accountId('recorded_by'),
    signedOn: text('signed_on'),
    signatory: text('signatory'),
    joinedAt: instant('joined_at').notNull(),
    withdrawnAt: instant('withdrawn_at'),
  },
  (t) => [
    uniqueIndex('watch_people_live').on(t.residentId).where(sql`withdrawn_at is null`),
    index('watch_people_residence').on(t.residenceId),
    check('watch_people_slip', sql`(${t.consent} = 'slip') = (${t.signatory} is not null)`),
    house,
    pgPolicy('own', { using: sql`${t.residentId} = (select watch_resident())` }),
    pgPolicy('reader', { for: 'select', using: among(t.id, 'read') }),
    pgPolicy('recorder', { for: 'select', using: among(t.id, 'recorded') }),
  ],
);

/** Whom to call when nobody opens: at most two, in the order to call them. */
export const watchContacts = pgTable(
  'watch_contacts',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => watchPeople.id, { onDelete: 'cascade' }),
    place: integer('place').notNull(),
    name: text('name').notNull(),
    phone: text('phone').notNull(),
  },
  (t) => [
    uniqueIndex('watch_contacts_place').on(t.personId, t.place),
    check('watch_contacts_places', sql`${t.place} between 1 and 2`),
    house,
    pgPolicy('own', { using: among(t.personId, 'own') }),
    pgPolicy('reader', { for: 'select', using: among(t.personId, 'read') }),
  ],
);

/** Who is named to read which person's entry: from `effective_at`, 48 hours after they were announced, until `ends_at`; never once refused or ended. Announced to whoever has no account when the paper is handed over. */
export const watchReaders = pgTable(
  'watch_readers',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => watchPeople.id, { onDelete: 'cascade' }),
    accountId: accountId('account_id').notNull(),
    namedBy: accountId('named_by').notNull(),
    namedAt: instant('named_at').notNull(),
    announcedAt: instant('announced_at'),
    effectiveAt: instant('effective_at'),
    endsAt: instant('ends_at').notNull(),
    refusedAt: instant('refused_at'),
    endedAt: instant('ended_at'),
  },
  (t) => [
    uniqueIndex('watch_readers_live').on(t.personId, t.accountId).where(sql`refused_at is null and ended_at is null`),
    index('watch_readers_account').on(t.accountId),
    check('watch_readers_announced', sql`(${t.announcedAt} is null) = (${t.effectiveAt} is null)`),
    house,
    pgPolicy('own', { using: among(t.personId, 'own') }),
    pgPolicy('named', { for: 'select', using: sql`${t.accountId} = (select watch_account())` }),
    pgPolicy('reader', { for: 'select', using: among(t.personId, 'read') }),
    pgPolicy('recorder', { using: among(t.personId, 'recorded') }),
    pgPolicy('coordinator', { using: among(t.personId, 'led') }),
  ],
);

/** Every reading of a person's entry, which the person sees: by whom, when, of what. */
export const watchReadings = pgTable(
  'watch_readings',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => watchPeople.id, { onDelete: 'cascade' }),
    accountId: accountId('account_id').notNull(),
    readAs: watchReadAsEnum('read_as').notNull(),
    what: watchReadingKindEnum('what').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    index('watch_readings_person').on(t.personId, t.at),
    index('watch_readings_account').on(t.accountId),
    house,
    pgPolicy('own', { for: 'select', using: among(t.personId, 'own') }),
    pgPolicy('by', { for: 'select', using: sql`${t.accountId} = (select watch_account())` }),
    pgPolicy('written', { for: 'insert', withCheck: sql`${t.accountId} = (select watch_account())` }),
  ],
);

/** Residents who offered to make checks, once the coordinator of their territory accepted them. */
export const watchVolunteers = pgTable(
  'watch_volunteers',
  {
    id: id(),
    residentId: uuid('resident_id')
      .notNull()
      .references(() => residents.id),
    territoryId: uuid('territory_id')
      .notNull()
      .references(() => territories.id),
    offeredAt: instant('offered_at').notNull(),
    acceptedAt: instant('accepted_at'),
    acceptedBy: accountId('accepted_by'),
    endedAt: instant('ended_at'),
  },
  (t) => [
    uniqueIndex('watch_volunteers_live').on(t.residentId).where(sql`ended_at is null`),
    index('watch_volunteers_territory').on(t.territoryId),
    check('watch_volunteers_accepted', sql`(${t.acceptedAt} is null) = (${t.acceptedBy} is null)`),
    house,
    pgPolicy('own', { using: sql`${t.residentId} = (select watch_resident())` }),
    pgPolicy('coordinator', { using: sql`${t.territoryId} in (select watch_territories())` }),
  ],
);

/** All that a coordinator sees of the people on the watch, without the wall: that there is one in a residence, since when. Read only, by grant. */
export const watchSeats = pgView('watch_seats').as((query) =>
  query
    .select({
      id: watchPeople.id,
      residenceId: watchPeople.residenceId,
      joinedAt: watchPeople.joinedAt,
      lapsesAt: watchPeople.lapsesAt,
      recordedBy: watchPeople.recordedBy,
    })
    .from(watchPeople)
    .where(sql`withdrawn_at is null`),
);
