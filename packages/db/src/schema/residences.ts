import { date, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accounts, residents } from './accounts.ts';
import { id, instant } from './columns.ts';
import { consentEnum } from './enums.ts';
import { residences } from './places.ts';

const residenceId = () =>
  uuid('residence_id')
    .notNull()
    .references(() => residences.id);
const residentId = () =>
  uuid('resident_id')
    .notNull()
    .references(() => residents.id);
const accountId = (name: string) =>
  uuid(name)
    .notNull()
    .references(() => accounts.id);

/** A neighbour's word for a resident of their residence, once each; it counts while both live there. */
export const vouches = pgTable(
  'vouches',
  {
    id: id(),
    residentId: residentId(),
    voucherId: uuid('voucher_id')
      .notNull()
      .references(() => residents.id),
    residenceId: residenceId(),
    createdAt: instant('created_at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (t) => [
    uniqueIndex('vouches_once').on(t.residentId, t.voucherId, t.residenceId),
    index('vouches_voucher').on(t.voucherId, t.createdAt),
  ],
);

/** The charter a residence wrote for itself, a row a version; without one, the standard charter holds. */
export const charters = pgTable(
  'charters',
  {
    id: id(),
    residenceId: residenceId(),
    version: integer('version').notNull(),
    text: text('text').notNull(),
    reviewOn: date('review_on', { mode: 'string' }).notNull(),
    writtenBy: accountId('written_by'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('charters_version').on(t.residenceId, t.version)],
);

/** Who signed which version of their residence's charter. */
export const charterSignatures = pgTable(
  'charter_signatures',
  {
    residentId: residentId(),
    residenceId: residenceId(),
    version: integer('version').notNull(),
    signedAt: instant('signed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.residentId, t.residenceId, t.version] })],
);

/** The short notices of a residence's board. */
export const residenceNotices = pgTable(
  'residence_notices',
  {
    id: id(),
    residenceId: residenceId(),
    text: text('text').notNull(),
    writtenBy: accountId('written_by'),
    createdAt: instant('created_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    removedAt: instant('removed_at'),
  },
  (t) => [index('residence_notices_shown').on(t.residenceId, t.endsAt)],
);

/** The yes of a resident without internet, as a referent heard or received it. */
export const residentConsents = pgTable('resident_consents', {
  residentId: uuid('resident_id')
    .primaryKey()
    .references(() => residents.id),
  consent: consentEnum('consent').notNull(),
  recordedBy: accountId('recorded_by'),
  givenAt: instant('given_at').notNull(),
});

/** Who moved from where to where, and when. */
export const residenceMoves = pgTable(
  'residence_moves',
  {
    id: id(),
    residentId: residentId(),
    fromId: uuid('from_id')
      .notNull()
      .references(() => residences.id),
    toId: uuid('to_id')
      .notNull()
      .references(() => residences.id),
    movedAt: instant('moved_at').notNull(),
  },
  (t) => [index('residence_moves_resident').on(t.residentId, t.movedAt)],
);
