import { sql } from 'drizzle-orm';
import * as schema from '../schema/index.ts';
import { declare, type Entry, is, type Person } from './declare.ts';

const { territories, residences, residencePlaces, stairs, notifications, outbox, streamHead, audit, auditChain } =
  schema;
const { processes, socketsHeld, callCounts } = schema;

/** What one acts on: oneself, one’s posts, favours and blocks; the log is found by its subjects, which have an index. */
const subjectsOf = (me: Person) => {
  const id = me.residentId === null ? sql`null::uuid` : sql`${me.residentId}::uuid`;
  return sql`select ${me.accountId === null ? sql`null::uuid` : sql`${me.accountId}::uuid`} union select ${id} union select id from posts where author_id = ${id}
    union select id from favours where helper_id = ${id} or beneficiary_id = ${id} union select blocked_id from blocks where resident_id = ${id}
    union select id from interests where resident_id = ${id}`;
};

/** Places, which are nobody’s, and what the installation keeps of its own working. */
export const placeEntries: readonly Entry[] = [
  declare(territories, {
    holds: 'what one coordinator runs',
    kept: 'as long as it is run',
    mine: null,
    plain: ['id', 'name', 'createdAt'],
  }),
  declare(residences, {
    holds: 'buildings; the public cell is blurred',
    kept: 'as long as it takes part',
    mine: null,
    plain: ['id', 'territoryId', 'commune', 'name', 'homes', 'cell', 'mode', 'importKey', 'createdAt'],
  }),
  declare(residencePlaces, {
    holds: 'the exact point and address of a building, read by two functions only',
    kept: 'as long as it takes part',
    mine: null,
    plain: ['residenceId'],
    withheld: {
      lat: 'a building’s, not a person’s; never leaves',
      lon: 'a building’s, not a person’s; never leaves',
      address: 'a building’s, not a person’s; never leaves',
    },
  }),
  declare(stairs, {
    holds: 'entrances of a building',
    kept: 'as long as it takes part',
    mine: null,
    plain: ['id', 'residenceId', 'name'],
  }),
  declare(notifications, {
    holds: 'what one was told of: ids and codes, never a text',
    kept: '90 days',
    mine: (me) => is(notifications.accountId, me.accountId),
    plain: ['id', 'accountId', 'postId', 'favourId', 'conversationId', 'caseId', 'createdAt'],
    personal: {
      kind: 'telling',
      turn: 'telling once',
      reasons: 'why, in closed codes',
      readAt: 'no second mail for what was read',
      mailedAt: 'no second mail for what was mailed',
    },
    forgotten: [{ where: (me) => is(notifications.accountId, me.accountId), does: 'delete' }],
  }),
  declare(outbox, {
    holds: 'what happened, as ids: the live stream',
    kept: '7 days',
    mine: null,
    plain: [
      'id',
      'seq',
      'kind',
      'change',
      'postId',
      'favourId',
      'notificationId',
      'conversationId',
      'messageId',
      'caseId',
      'cell',
      'residenceId',
      'commune',
      'sideA',
      'sideB',
      'auditId',
      'createdAt',
    ],
  }),
  declare(streamHead, {
    holds: 'the head of the live stream',
    kept: 'one row',
    mine: null,
    plain: ['id', 'seq', 'fence', 'holderPid', 'leaseUntil'],
  }),
  declare(audit, {
    holds: 'who did what, by pseudonym; append-only and chained',
    kept: 'as long as the installation: nobody can rewrite it; once a person has left, its pseudonym leads nowhere',
    mine: (me) => sql`${is(audit.actorId, me.accountId)} and ${audit.subjectId} in (${subjectsOf(me)})`,
    plain: ['id', 'subject', 'subjectId', 'residenceId', 'commune', 'textHash', 'onBehalfOf'],
    personal: {
      actorId: 'answering for what was done',
      actorRole: 'answering for what was done',
      action: 'answering for what was done',
      at: 'answering for what was done',
      reason: 'a word of a closed list',
    },
    stays: {
      actorId: 'a pseudonym that no row explains any more',
      actorRole: 'says nothing of whom',
      action: 'says nothing of whom',
      at: 'says nothing of whom',
      reason: 'a word of a closed list',
    },
  }),
  declare(auditChain, {
    holds: 'the seal over the log',
    kept: 'as long as the log',
    mine: null,
    plain: ['seq', 'auditId', 'rowHash', 'prevHash', 'hash'],
  }),
  declare(processes, {
    holds: 'the processes that answer at present',
    kept: 'one minute',
    mine: null,
    plain: ['id', 'seenAt'],
  }),
  declare(socketsHeld, {
    holds: 'how many live sockets a session holds',
    kept: 'while it holds them',
    mine: null,
    plain: ['processId', 'accountId', 'sockets'],
    withheld: { sessionHash: 'the hash of a secret, while the socket lasts' },
  }),
  declare(callCounts, {
    holds: 'calls counted by HMAC of who calls',
    kept: 'a minute',
    mine: null,
    plain: ['key', 'count', 'endsAt'],
  }),
];
