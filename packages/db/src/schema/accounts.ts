import type { Language, Slot } from '@palier/domain/accounts';
import type { Category } from '@palier/domain/posts';
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { invitationKindEnum, localeEnum, staffRoleEnum, trustEnum, trustSourceEnum } from './enums.ts';
import { residences, stairs, territories } from './places.ts';

/** Who may sign in. A resident without internet has no account. `erase_at`: they asked to leave, and are forgotten from then on. */
export const accounts = pgTable(
  'accounts',
  {
    id: id(),
    email: text('email').notNull(),
    emailConfirmedAt: instant('email_confirmed_at'),
    emailFailedAt: instant('email_failed_at'),
    passwordHash: text('password_hash').notNull(),
    displayName: text('display_name').notNull(),
    locale: localeEnum('locale').notNull().default('fr'),
    largeText: boolean('large_text').notNull().default(false),
    createdAt: instant('created_at').notNull().defaultNow(),
    eraseAt: instant('erase_at'),
  },
  (t) => [
    uniqueIndex('accounts_email').on(t.email),
    index('accounts_erase').on(t.eraseAt).where(sql`erase_at is not null`),
  ],
);

/**
 * `open_favours` counts the requests this resident has said yes to and not yet done; the database keeps it under the limit.
 * `left_at`: they asked to leave, or have left; then nothing of them is here but an id that others' favours and messages still need.
 */
export const residents = pgTable(
  'residents',
  {
    id: id(),
    accountId: uuid('account_id').references(() => accounts.id),
    residenceId: uuid('residence_id')
      .notNull()
      .references(() => residences.id),
    stairId: uuid('stair_id').references(() => stairs.id),
    floor: integer('floor'),
    displayName: text('display_name').notNull(),
    trust: trustEnum('trust').notNull(),
    trustFrom: trustSourceEnum('trust_from').notNull().default('invitation'),
    /** Since when they are known or trusted; null: since they came. */
    trustSince: instant('trust_since'),
    enteredBy: invitationKindEnum('entered_by'),
    invitedBy: uuid('invited_by').references((): AnyPgColumn => residents.id),
    skills: text('skills').array().$type<Category[]>().notNull().default(sql`'{}'`),
    availability: text('availability').array().$type<Slot[]>().notNull().default(sql`'{}'`),
    radiusM: integer('radius_m').notNull().default(2000),
    languages: text('languages').array().$type<Language[]>().notNull().default(sql`'{}'`),
    asksPerDay: integer('asks_per_day').notNull().default(3),
    urgentAtNight: boolean('urgent_at_night').notNull().default(false),
    openFavours: integer('open_favours').notNull().default(0),
    /** Until then they begin nothing new; from `excluded_at` on the residence is closed to them. */
    pausedUntil: instant('paused_until'),
    excludedAt: instant('excluded_at'),
    lastSeenAt: instant('last_seen_at').notNull().defaultNow(),
    joinedAt: instant('joined_at').notNull().defaultNow(),
    leftAt: instant('left_at'),
  },
  (t) => [
    uniqueIndex('residents_account').on(t.accountId),
    index('residents_residence').on(t.residenceId),
    check('residents_open_favours', sql`${t.openFavours} >= 0`),
  ],
);

/** A staff role, held for one place. Residents' own role is their row in `residents`. */
export const roleGrants = pgTable(
  'role_grants',
  {
    id: id(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    role: staffRoleEnum('role').notNull(),
    residenceId: uuid('residence_id').references(() => residences.id),
    territoryId: uuid('territory_id').references(() => territories.id),
    commune: text('commune'),
    grantedAt: instant('granted_at').notNull().defaultNow(),
    revokedAt: instant('revoked_at'),
  },
  (t) => [
    index('role_grants_account').on(t.accountId),
    index('role_grants_residence').on(t.residenceId),
    check(
      'role_grants_place',
      sql`(${t.role} = 'referent') = (${t.residenceId} is not null) and (${t.role} = 'coordinator') = (${t.territoryId} is not null) and (${t.role} = 'officer') = (${t.commune} is not null)`,
    ),
  ],
);

/**
 * `id` is the SHA-256 of what the cookie holds; the raw id is nowhere at rest. `handle` names the session to its owner, `agent` is the family of the browser, never its whole name.
 * `factor_at`: when the second factor was given in it; `factor_used_at`: when it last served the staff's desk.
 */
export const sessions = pgTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    userId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    expiresAt: instant('expires_at').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    handle: uuid('handle').notNull().defaultRandom(),
    agent: text('agent').notNull().default(''),
    lastUsedAt: instant('last_used_at').notNull().defaultNow(),
    factorAt: instant('factor_at'),
    factorUsedAt: instant('factor_used_at'),
  },
  (t) => [index('sessions_account').on(t.userId), index('sessions_expires').on(t.expiresAt)],
);

/** A printed code that opens one residence: the look-up id in clear, the secret hashed with Argon2id. */
export const invitations = pgTable(
  'invitations',
  {
    id: id(),
    lookup: text('lookup').notNull(),
    secretHash: text('secret_hash').notNull(),
    kind: invitationKindEnum('kind').notNull(),
    residenceId: uuid('residence_id')
      .notNull()
      .references(() => residences.id),
    usesLeft: integer('uses_left'),
    /** Who made it, if not the operator; for a neighbour's invitation, the resident that they are. */
    createdBy: uuid('created_by').references(() => accounts.id),
    invitedBy: uuid('invited_by').references(() => residents.id),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('invitations_lookup').on(t.lookup),
    index('invitations_residence').on(t.residenceId),
    index('invitations_maker').on(t.createdBy, t.createdAt),
    check('invitations_uses', sql`${t.usesLeft} >= 0`),
  ],
);

/** The link mailed to confirm an address: hashed, single use, expiring. */
export const emailTokens = pgTable(
  'email_tokens',
  {
    hash: text('hash').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    email: text('email').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [index('email_tokens_account').on(t.accountId)],
);

/** Counters of what is limited across processes: failures, mails, registrations; one row a key and window. */
export const attempts = pgTable(
  'attempts',
  {
    key: text('key').notNull(),
    windowStart: instant('window_start').notNull(),
    count: integer('count').notNull(),
  },
  (t) => [primaryKey({ columns: [t.key, t.windowStart] }), index('attempts_window').on(t.windowStart)],
);

/** Who does not want to meet whom. Either side's block hides both from each other. */
export const blocks = pgTable(
  'blocks',
  {
    residentId: uuid('resident_id')
      .notNull()
      .references(() => residents.id),
    blockedId: uuid('blocked_id')
      .notNull()
      .references(() => residents.id),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.residentId, t.blockedId] }),
    index('blocks_blocked').on(t.blockedId),
    check('blocks_other', sql`${t.residentId} <> ${t.blockedId}`),
  ],
);
