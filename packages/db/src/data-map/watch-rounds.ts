import { sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import * as schema from '../schema/index.ts';
import { declare, type Entry, is, type Person } from './declare.ts';

const { watchRounds, watchChecks, watchAttempts, watchEscalations, watchSteps, watchPeople } = schema;

const ofMine = (me: Person) =>
  sql`${watchChecks.personId} in (select id from watch_people where ${is(watchPeople.residentId, me.residentId)})`;
const ofMyChecks = (check: PgColumn, me: Person) => sql`${check} in (select id from watch_checks where ${ofMine(me)})`;
const kept = '3 months';
const course = 'knowing that somebody was looked for, and reached';

/** Rounds over the watch and what became of each check; behind the same wall as the watch. */
export const watchRoundEntries: readonly Entry[] = [
  declare(watchSteps, {
    holds: 'what a named person noted that they did about an alarm, from a closed list',
    kept,
    mine: (me) => sql`(${ofMyChecks(watchSteps.checkId, me)} or ${is(watchSteps.accountId, me.accountId)})`,
    plain: ['id', 'checkId'],
    personal: { accountId: 'who did it', step: course, at: course },
    forgotten: [
      { where: (me) => ofMyChecks(watchSteps.checkId, me), does: 'delete' },
      { where: (me) => is(watchSteps.accountId, me.accountId), does: { accountId: null } },
    ],
    stays: { step: 'it is about somebody else', at: 'it is about somebody else' },
  }),
  declare(watchEscalations, {
    holds: 'alarms of the watch, and who ended them',
    kept,
    mine: (me) =>
      sql`(${ofMyChecks(watchEscalations.checkId, me)} or ${is(watchEscalations.acknowledgedBy, me.accountId)} or ${is(watchEscalations.endedBy, me.accountId)})`,
    plain: ['checkId', 'told', 'tellAt'],
    personal: {
      raisedAt: course,
      acknowledgedBy: 'who took charge',
      acknowledgedAt: course,
      endedBy: 'who ended it',
      endedAt: course,
      ending: course,
    },
    forgotten: [
      { where: (me) => ofMyChecks(watchEscalations.checkId, me), does: 'delete' },
      { where: (me) => is(watchEscalations.acknowledgedBy, me.accountId), does: { acknowledgedBy: null } },
      { where: (me) => is(watchEscalations.endedBy, me.accountId), does: { endedBy: null } },
    ],
    stays: {
      raisedAt: 'it is about somebody else',
      acknowledgedAt: 'it is about somebody else',
      endedAt: 'it is about somebody else',
      ending: 'it is about somebody else',
    },
  }),
  declare(watchAttempts, {
    holds: 'each going to a door or telephone call, and what one tap said of it',
    kept,
    mine: (me) => sql`(${ofMyChecks(watchAttempts.checkId, me)} or ${is(watchAttempts.accountId, me.accountId)})`,
    plain: ['id', 'checkId'],
    personal: {
      accountId: 'who went',
      way: course,
      claimedAt: course,
      outcome: course,
      answeredAt: course,
      askedAt: 'that a request was opened for them once',
    },
    forgotten: [
      { where: (me) => ofMyChecks(watchAttempts.checkId, me), does: 'delete' },
      { where: (me) => is(watchAttempts.accountId, me.accountId), does: { accountId: null } },
    ],
    stays: {
      way: 'it is about somebody else',
      claimedAt: 'it is about somebody else',
      outcome: 'it is about somebody else',
      answeredAt: 'it is about somebody else',
      askedAt: 'it is about somebody else',
    },
  }),
  declare(watchChecks, {
    holds: 'each check of a person on the watch',
    kept,
    mine: (me) => sql`(${ofMine(me)} or ${is(watchChecks.heldBy, me.accountId)})`,
    plain: [
      'id',
      'roundId',
      'personId',
      'hour',
      'colour',
      'attempts',
      'escalatesAt',
      'offeredAt',
      'toldAt',
      'heldUntil',
    ],
    personal: { day: course, state: course, dueAt: course, endedAt: course, heldBy: 'who is on their way' },
    forgotten: [
      { where: (me) => ofMine(me), does: 'delete' },
      { where: (me) => is(watchChecks.heldBy, me.accountId), does: { heldBy: null } },
    ],
    stays: {
      day: 'it is about somebody else',
      state: 'it is about somebody else',
      dueAt: 'it is about somebody else',
      endedAt: 'it is about somebody else',
    },
  }),
  declare(watchRounds, {
    holds: 'rounds over the watch of a territory: their colour, and who opened and closed them',
    kept: '3 months after they were closed',
    mine: (me) => sql`(${is(watchRounds.openedBy, me.accountId)} or ${is(watchRounds.closedBy, me.accountId)})`,
    plain: [
      'id',
      'territoryId',
      'department',
      'hazard',
      'colour',
      'floor',
      'since',
      'openedAt',
      'closedAt',
      'wasCalm',
      'madeAt',
    ],
    personal: { openedBy: 'who opened it', closedBy: 'who closed it' },
    forgotten: [
      { where: (me) => is(watchRounds.openedBy, me.accountId), does: { openedBy: null } },
      { where: (me) => is(watchRounds.closedBy, me.accountId), does: { closedBy: null } },
    ],
  }),
];
