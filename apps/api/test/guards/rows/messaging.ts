import type { Row } from '../authorisation-row.ts';
import { anyone, residents, sides, under } from './statuses.ts';

const inTalk = { target: 'favour', scene: 'promised', writes: true } as const;
const unsent = '01890000-0000-7000-8000-00000000000a';
const soon = new Date(Date.now() + 86_400_000).toISOString();
const doorKeys = ['address', 'door', 'floor', 'note', 'seenBy[]', 'until'];
const messageKeys = [
  'author.displayName',
  'author.id',
  'conversationId',
  'id',
  'linkHeld',
  'mine',
  'photo',
  'quick',
  'sentAt',
  'text',
  'writtenBy',
];
const talkKeys = [
  'closesAt',
  'favours[].iAmSide',
  'favours[].id',
  'favours[].state',
  'id',
  'isGroup',
  'last',
  'mayShareDoor',
  'meeting',
  'myDoor',
  'myTurn',
  'post.category',
  'post.kind',
  'post.state',
  'post.title',
  'postId',
  'side',
  'state',
  'unread',
  'with[].displayName',
  'with[].helpedBy',
  'with[].id',
  'with[].residence',
];

/** The rows of conversations, photos, meetings and doors. */
export const messagingRows: Readonly<Record<string, Row>> = {
  'conversations.list': { target: 'none', scene: 'promised', statuses: residents(200), writes: false },
  'conversations.read': { ...inTalk, statuses: sides(200), writes: false, keys: under('conversation', talkKeys) },
  'messages.list': { ...inTalk, statuses: sides(200), writes: false },
  'messages.send': { ...inTalk, body: { text: 'Bonjour' }, statuses: sides(201), keys: under('message', messageKeys) },
  'messages.read': { ...inTalk, body: { messageId: unsent }, statuses: sides(404), writes: false },
  'messages.typing': { ...inTalk, statuses: sides(204), writes: false },
  'photos.send': { ...inTalk, statuses: residents(422), unknown: 422, malformed: 400, writes: false },
  'photos.exported': { target: 'none', scene: null, statuses: anyone(404), writes: false },
  'photos.read': { target: 'favour', scene: 'promised', statuses: residents(404), writes: false },
  'meetings.propose': { ...inTalk, body: { at: soon }, statuses: sides(201) },
  'meetings.agree': { ...inTalk, body: { meetingId: unsent }, statuses: sides(409), writes: false },
  'meetings.cancel': { ...inTalk, statuses: sides(204), writes: false },
  'meetings.calendar': { ...inTalk, statuses: sides(404), writes: false },
  'doors.share': {
    ...inTalk,
    body: { floor: '3', door: 'gauche' },
    statuses: sides(200),
    keys: under('door', doorKeys),
  },
  'doors.takeBack': { ...inTalk, statuses: sides(204), writes: false },
};
