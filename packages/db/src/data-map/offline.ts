import { sql } from 'drizzle-orm';
import * as schema from '../schema/index.ts';
import { declare, type Entry, is } from './declare.ts';

const { actingSessions, hallScreens, postCopies } = schema;

/** What is kept of people who are not online: in whose name a referent acted, the screens of lobbies, relatives kept in copy. */
export const offlineEntries: readonly Entry[] = [
  declare(actingSessions, {
    holds: 'half-hours in which a referent acted for a neighbour without internet',
    kept: '12 months',
    mine: (me) =>
      sql`(${is(actingSessions.accountId, me.accountId)} or ${is(actingSessions.residentId, me.residentId)})`,
    plain: ['id', 'accountId', 'residentId', 'expiresAt', 'closedAt'],
    personal: { consent: 'how they agreed this time', openedAt: 'who acted for whom, and when' },
    forgotten: [{ where: (me) => is(actingSessions.residentId, me.residentId), does: 'delete' }],
    stays: {
      consent: 'the neighbour’s own yes, not the referent’s',
      openedAt: 'the neighbour’s sheet still says when it was, by a former neighbour',
    },
  }),
  declare(hallScreens, {
    holds: 'the screens of lobbies',
    kept: '12 months after they were taken away',
    mine: null,
    plain: ['id', 'residenceId', 'createdBy', 'createdAt', 'revokedAt', 'seenAt'],
    withheld: { tokenHash: 'the hash of a secret' },
  }),
  declare(postCopies, {
    holds: 'a relative kept in copy of one ask',
    kept: '30 days after the ask ended, or the last of its series; 7 days when the relative never said yes',
    mine: (me) => sql`${postCopies.postId} in (select id from posts where ${is(schema.posts.authorId, me.residentId)})`,
    plain: ['id', 'postId', 'locale', 'createdAt', 'confirmedAt', 'stoppedAt'],
    personal: { email: 'telling a relative that someone said yes' },
    forgotten: [
      {
        where: (me) =>
          sql`${postCopies.postId} in (select id from posts where ${is(schema.posts.authorId, me.residentId)})`,
        does: 'delete',
      },
    ],
  }),
];
