import { sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import * as schema from '../schema/index.ts';
import { declare, type Entry, is, type Person } from './declare.ts';

const { watchPeople, watchContacts, watchReaders, watchReadings, watchReaderGrants, watchVolunteers } = schema;

const ofMine = (person: PgColumn, me: Person) =>
  sql`${person} in (select id from watch_people where ${is(watchPeople.residentId, me.residentId)})`;
const ofMineOrBy = (person: PgColumn, account: PgColumn, me: Person) =>
  sql`(${ofMine(person, me)} or ${is(account, me.accountId)})`;

/** The watch: who asked to be looked in on, who may read it, who did; behind the wall of row security. Its rows go first, with their person. */
export const watchEntries: readonly Entry[] = [
  declare(watchReadings, {
    holds: 'every reading of an entry of the watch',
    kept: '12 months, or as long as the entry',
    mine: (me) => ofMineOrBy(watchReadings.personId, watchReadings.accountId, me),
    plain: ['id', 'personId'],
    personal: {
      accountId: 'showing the person who read',
      readAs: 'showing the person who read',
      what: 'showing the person what was read',
      at: 'showing the person when it was read',
    },
    forgotten: [{ where: (me) => ofMine(watchReadings.personId, me), does: 'delete' }],
    stays: {
      accountId: 'the person still sees that a former neighbour read',
      readAs: 'the person still sees that a former neighbour read',
      what: 'the person still sees that a former neighbour read',
      at: 'the person still sees that a former neighbour read',
    },
  }),
  declare(watchReaders, {
    holds: 'who is named to read whose entry of the watch',
    kept: '12 months after it ended, or as long as the entry',
    mine: (me) => ofMineOrBy(watchReaders.personId, watchReaders.accountId, me),
    plain: ['id', 'personId', 'namedBy', 'namedAt', 'announcedAt', 'effectiveAt', 'endsAt', 'refusedAt', 'endedAt'],
    personal: { accountId: 'who may read' },
    forgotten: [
      { where: (me) => ofMine(watchReaders.personId, me), does: 'delete' },
      { where: (me) => is(watchReaders.accountId, me.accountId), does: 'delete' },
    ],
  }),
  declare(watchContacts, {
    holds: 'whom to call when nobody opens',
    kept: 'as long as the entry of the watch',
    mine: (me) => ofMine(watchContacts.personId, me),
    plain: ['id', 'personId', 'place'],
    personal: { name: 'whom to call when nobody opens', phone: 'calling them' },
    forgotten: [{ where: (me) => ofMine(watchContacts.personId, me), does: 'delete' }],
  }),
  declare(watchPeople, {
    holds: 'who asked to be looked in on',
    kept: 'until withdrawn, or 12 months without renewal; gone within a day',
    mine: (me) => is(watchPeople.residentId, me.residentId),
    plain: ['id', 'residentId', 'recordedBy', 'remindedAt', 'withdrawnAt'],
    personal: {
      residenceId: 'where to knock',
      stairId: 'where to knock',
      name: 'whom to ask for',
      floor: 'where to knock',
      door: 'where to knock',
      topFloor: 'who suffers first from heat under a roof',
      phone: 'calling when nobody opens',
      part: 'when to knock',
      language: 'in which language to speak',
      consent: 'proof of consent',
      consentVersion: 'proof of consent',
      consentedAt: 'proof of consent',
      lapsesAt: 'the end of consent',
      signedOn: 'proof of a consent on paper',
      signatory: 'proof of a consent on paper',
      joinedAt: 'proof of consent',
    },
    forgotten: [{ where: (me) => is(watchPeople.residentId, me.residentId), does: 'delete' }],
  }),
  declare(watchVolunteers, {
    holds: 'who offered to make checks',
    kept: '12 months after it ended',
    mine: (me) => is(watchVolunteers.residentId, me.residentId),
    plain: ['id', 'residentId', 'acceptedBy'],
    personal: {
      territoryId: 'where one helps',
      offeredAt: 'offering checks to those who offered',
      acceptedAt: 'offering checks to those who were accepted',
      endedAt: 'offering no more checks',
    },
    forgotten: [{ where: (me) => is(watchVolunteers.residentId, me.residentId), does: 'delete' }],
  }),
  declare(watchReaderGrants, {
    holds: 'who may be named a reader',
    kept: '12 months after it ended',
    mine: (me) => is(watchReaderGrants.accountId, me.accountId),
    plain: ['id', 'accountId', 'namedBy'],
    personal: {
      territoryId: 'where the role is held',
      namedAt: 'rights',
      endsAt: 'rights',
      endedAt: 'rights',
    },
    forgotten: [{ where: (me) => is(watchReaderGrants.accountId, me.accountId), does: 'delete' }],
  }),
];
