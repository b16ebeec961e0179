import { or, sql } from 'drizzle-orm';
import * as schema from '../schema/index.ts';
import { declare, type Entry, is, type Person } from './declare.ts';

const { conversations, conversationReads, meetings, messages, photos, sharedDoors } = schema;

const year = '12 months after the last favour it is about';
const goes = (where: (me: Person) => ReturnType<typeof is>) => ({
  mine: where,
  forgotten: [{ where, does: 'delete' as const }],
});

export const messagingEntries: readonly Entry[] = [
  declare(sharedDoors, {
    holds: 'doors that their owners show the other side of a favour',
    kept: '24 h after the favour was done; at once when it ended otherwise',
    ...goes((me) => is(sharedDoors.ownerId, me.residentId)),
    plain: ['favourId', 'ownerId', 'sharedAt'],
    personal: {
      address: 'finding the door',
      floor: 'finding the door',
      door: 'finding the door',
      note: 'finding the door',
    },
  }),
  declare(conversations, {
    holds: 'that the sides of a favour have talked',
    kept: year,
    mine: null,
    plain: ['id', 'postId', 'createdAt'],
  }),
  declare(messages, {
    holds: 'what neighbours write to each other',
    kept: year,
    mine: (me) => is(messages.authorId, me.residentId),
    plain: ['id', 'conversationId', 'authorId', 'photoId', 'linkHeld', 'writtenBy', 'createdAt'],
    personal: { text: 'what the other side reads', quick: 'an answer of a closed list' },
    stays: {
      text: 'a message to the other side keeps its text, signed by a former neighbour',
      quick: 'a word of a closed list that the other side has read',
    },
  }),
  declare(photos, {
    holds: 'photos sent to the other side, made anew without metadata; the bytes are files of DATA_DIR/photos',
    kept: year,
    ...goes((me) => is(photos.authorId, me.residentId)),
    plain: ['id', 'conversationId', 'authorId', 'width', 'height', 'bytes', 'createdAt'],
  }),
  declare(conversationReads, {
    holds: 'how far one has read a conversation',
    kept: year,
    ...goes((me) => is(conversationReads.residentId, me.residentId)),
    plain: ['conversationId', 'residentId'],
    personal: { upTo: 'what is new, and the mark that the other side sees' },
  }),
  declare(meetings, {
    holds: 'when the sides of a favour meet',
    kept: year,
    ...goes((me) => or(is(meetings.proposedBy, me.residentId), is(meetings.agreedBy, me.residentId)) ?? sql`false`),
    plain: ['conversationId', 'id', 'proposedBy', 'proposedAt', 'agreedBy', 'agreedAt', 'remindAt', 'remindedAt'],
    personal: { at: 'meeting', place: 'meeting' },
  }),
];
