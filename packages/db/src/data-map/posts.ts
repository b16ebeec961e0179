import { inArray, sql } from 'drizzle-orm';
import * as schema from '../schema/index.ts';
import { declare, type Entry, is, type Person } from './declare.ts';

const {
  posts,
  postBeneficiaries,
  series,
  seriesSkips,
  seriesStandings,
  favours,
  calendarFeeds,
  matches,
  tellings,
  ringSteps,
  asks,
  askDays,
  interests,
} = schema;

/** The title that a post is read under once its text is gone. */
export const erasedTitle = 'Annonce effacée';

const mine = (me: Person) =>
  inArray(
    postBeneficiaries.postId,
    sql`(select id from posts where ${me.residentId === null ? sql`false` : sql`author_id = ${me.residentId}`})`,
  );
const ownSeries = (me: Person) =>
  sql`(select id from series where ${me.residentId === null ? sql`false` : sql`author_id = ${me.residentId}`})`;
/** Both sides of a favour have an index; who wrote and who accepted are the same two people. */
const sideOf = (me: Person) =>
  sql`(${is(favours.helperId, me.residentId)} or ${is(favours.beneficiaryId, me.residentId)})`;
const ofResident = (column: Parameters<typeof is>[0]) => ({
  mine: (me: Person) => is(column, me.residentId),
  forgotten: [{ where: (me: Person) => is(column, me.residentId), does: 'delete' as const }],
});

export const postEntries: readonly Entry[] = [
  declare(postBeneficiaries, {
    holds: 'for whom a post was written',
    kept: '12 months after the post closed',
    mine,
    plain: ['postId'],
    personal: {
      name: 'told to the accepted helper alone',
      consent: 'how the person agreed',
      givenAt: 'when the person agreed',
    },
    forgotten: [{ where: mine, does: 'delete' }],
  }),
  declare(posts, {
    holds: 'requests and offers',
    kept: 'text 12 months after it closed; the rest counts for the town, without a name',
    mine: (me) => is(posts.authorId, me.residentId),
    plain: [
      'id',
      'authorId',
      'residenceId',
      'stairId',
      'commune',
      'cell',
      'kind',
      'category',
      'audience',
      'helpersNeeded',
      'taken',
      'state',
      'endReason',
      'hall',
      'onBehalf',
      'seriesId',
      'createdAt',
      'updatedAt',
      'expiresAt',
    ],
    personal: {
      title: 'what neighbours read',
      details: 'what neighbours read',
      urgentUntil: 'telling at once',
      windowFrom: 'when help is wanted',
      windowTo: 'when help is wanted',
    },
    withheld: { search: 'the words of title and details again, for the search' },
    forgotten: [
      { where: (me) => is(posts.authorId, me.residentId), does: { title: erasedTitle, details: '', stairId: null } },
    ],
    stays: {
      urgentUntil: 'a time of day that nothing ties to a person',
      windowFrom: 'a time of day that nothing ties to a person',
      windowTo: 'a time of day that nothing ties to a person',
    },
  }),
  declare(seriesSkips, {
    holds: 'dates that a repeated ask skips',
    kept: 'as long as the series',
    mine: (me) => inArray(seriesSkips.seriesId, ownSeries(me)),
    plain: ['seriesId'],
    personal: { date: 'no post is made for it' },
    forgotten: [{ where: (me) => inArray(seriesSkips.seriesId, ownSeries(me)), does: 'delete' }],
  }),
  declare(seriesStandings, {
    holds: 'the same person at each date',
    kept: 'until either ends it',
    ...ofResident(seriesStandings.residentId),
    plain: ['seriesId', 'residentId'],
    personal: { theirsAt: 'both wish it', authorsAt: 'both wish it' },
  }),
  declare(series, {
    holds: 'asks that repeat',
    kept: 'text 12 months after it ended; the rest as long as its posts count',
    mine: (me) => is(series.authorId, me.residentId),
    plain: ['id', 'authorId', 'every', 'helpersNeeded', 'madeUntil', 'endedAt', 'createdAt'],
    personal: {
      title: 'what neighbours read',
      details: 'what neighbours read',
      firstFrom: 'when help is wanted',
      firstTo: 'when help is wanted',
      until: 'when help is wanted',
    },
    forgotten: [
      {
        where: (me) => is(series.authorId, me.residentId),
        does: { title: null, details: null, endedAt: sql`coalesce(${series.endedAt}, now())` },
      },
    ],
    stays: {
      firstFrom: 'a time of day that nothing ties to a person',
      firstTo: 'a time of day that nothing ties to a person',
      until: 'a date that nothing ties to a person',
    },
  }),
  declare(calendarFeeds, {
    holds: 'the secret address of one’s calendar',
    kept: 'until taken back',
    ...ofResident(calendarFeeds.residentId),
    plain: ['residentId', 'createdAt'],
    withheld: { tokenHash: 'the hash of a secret' },
  }),
  declare(favours, {
    holds: 'who helped whom',
    kept: 'its texts 12 months after it ended; the rest counts for the town, without a name',
    mine: sideOf,
    plain: [
      'id',
      'postId',
      'commune',
      'authorId',
      'acceptedBy',
      'helperId',
      'beneficiaryId',
      'state',
      'remindedAt',
      'createdAt',
      'updatedAt',
      'endedAt',
    ],
    personal: {
      note: 'a word with one’s yes',
      reason: 'why it was not done, from a closed list',
      minutes: 'the town’s aggregate',
      thanks: 'a sentence to the helper',
      thankedAt: 'when the thanks were written',
      excuse: 'why nobody came, from a closed list',
      excusedAt: 'when it was excused',
    },
    forgotten: [{ where: (me) => sql`${sideOf(me)} and ${is(favours.acceptedBy, me.residentId)}`, does: { note: '' } }],
    stays: {
      reason: 'a word of a closed list, which the other side was told',
      minutes: 'a number for the town’s aggregate, without a name',
      thanks: 'a message to the other side: it keeps its text, signed by a former neighbour, 12 months',
      thankedAt: 'the date of that message',
      excuse: 'a word of a closed list, which the other side was told',
      excusedAt: 'the date of that word',
    },
  }),
  declare(matches, {
    holds: 'what fits a request',
    kept: 'until the request ends',
    ...ofResident(matches.residentId),
    plain: ['requestId', 'offerId', 'residentId', 'ring'],
    personal: { score: 'order of matches', reasons: 'why it fits, in closed codes' },
  }),
  declare(tellings, {
    holds: 'how far a post was told',
    kept: 'as long as the post',
    mine: null,
    plain: ['postId', 'openedAt', 'chaseAt', 'chasedAt'],
  }),
  declare(ringSteps, {
    holds: 'how far a post was told, and how many heard',
    kept: 'as long as the post',
    mine: null,
    plain: ['postId', 'step', 'dueAt', 'doneAt', 'told'],
  }),
  declare(asks, {
    holds: 'who was told of which post, so that nobody is told twice',
    kept: '90 days',
    ...ofResident(asks.residentId),
    plain: ['postId', 'residentId'],
    personal: { step: 'nobody is told twice', at: 'nobody is told twice' },
  }),
  declare(askDays, {
    holds: 'how often one was told on one day',
    kept: '7 days',
    ...ofResident(askDays.residentId),
    plain: ['residentId'],
    personal: { day: 'the daily limit', told: 'the daily limit' },
  }),
  declare(interests, {
    holds: 'what one wants to hear of',
    kept: 'until removed',
    ...ofResident(interests.residentId),
    plain: ['id', 'residentId', 'createdAt'],
    personal: { category: 'telling', withinM: 'telling', pausedAt: 'telling' },
  }),
];
