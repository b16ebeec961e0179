import type { Row, Statuses } from './authorisation-row.ts';
import { outsiders, type Role, roles, staff } from './cast.ts';
import { offlineRows } from './offline-rows.ts';
import { residenceRows, territoryRows } from './residence-rows.ts';

const everyRole = (status: number): Statuses => Object.fromEntries(roles.map((role) => [role, status])) as Statuses;
const each = <K extends Role>(list: readonly K[], status: number) =>
  Object.fromEntries(list.map((role) => [role, status])) as Record<K, number>;

/** Anyone at all. */
const anyone = (status: number): Statuses => everyRole(status);
/** Whoever is signed in, staff included. */
const signedIn = (status: number): Statuses => ({ ...everyRole(status), ...each(outsiders, 401) });
/** Residents: all of them the same, but for those named. */
const residents = (status: number, others: Partial<Statuses> = {}): Statuses => ({
  ...signedIn(status),
  ...each(staff, 403),
  ...others,
});
/** Those who may not know of the owner's post at all: out of its audience, or behind a block. */
const unaware = { farAway: 404, sameCommune: 404, blocked: 404 };

const pushDevice = {
  endpoint: 'https://fcm.googleapis.com/fcm/send/cle-de-la-matrice',
  keys: {
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  },
};

const card = [
  'author.displayName',
  'author.id',
  'audience',
  'category',
  'createdAt',
  'excerpt',
  'expiresAt',
  'helpersNeeded',
  'helpersTaken',
  'id',
  'kind',
  'onBehalf',
  'place.cell',
  'place.commune',
  'place.nearness',
  'repeats',
  'state',
  'title',
  'updatedAt',
  'urgent',
  'window',
];
const detail = [...card, 'details', 'endReason', 'hall', 'mine', 'myFavour', 'onBehalfName', 'seriesId', 'viaReferent'];
const favourView = [
  'createdAt',
  'excuse',
  'iAmAuthor',
  'id',
  'minutes',
  'note',
  'other.displayName',
  'other.id',
  'other.residence',
  'post.category',
  'post.kind',
  'post.state',
  'post.title',
  'post.window',
  'postId',
  'reason',
  'side',
  'state',
  'thanks',
  'updatedAt',
  'viaReferent',
];
const interest = ['category', 'createdAt', 'id', 'paused', 'withinM'];
const interestBody = { category: 'pets', withinM: 500 };
const matchKeys = ['neighbours[].count', 'neighbours[].ring'];
const reachKeys = ['nextAt', 'nextRing', 'ring', 'told'];
/** Those who live in the owner's residence. */
const atHome = (status: number): Partial<Statuses> =>
  each(['newcomer', 'sameStair', 'sameResidence', 'owner', 'helper', 'blocked'], status);
/** What is the owner's alone, and absent to every other resident. */
const owned = (status: number): Statuses => residents(404, { owner: status });
const writing = { target: 'none', scene: null, writes: true } as const;
const onInterest = { ...writing, target: 'interest' } as const;
/** A series: its author's, readable by whoever said yes to a date. */
const ofSeries = { target: 'series', scene: 'series', writes: true } as const;
const bySides = (owner: number, helper: number): Statuses => residents(404, { owner, helper });
/** What is the two sides' of the promised favour, and absent to every other resident. */
const sides = (status: number): Statuses => residents(404, { owner: status, helper: status });
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
  'with[].id',
  'with[].residence',
];
const under = (prefix: string, keys: readonly string[]) => keys.map((key) => `${prefix}.${key}`);

export const matrix: Readonly<Record<string, Row>> = {
  'invitations.read': {
    target: 'code',
    scene: null,
    statuses: anyone(200),
    unknown: 404,
    malformed: 404,
    writes: false,
    keys: [
      'residence.commune',
      'residence.communeName',
      'residence.id',
      'residence.name',
      'charter.reviewOn',
      'charter.text',
      'charter.version',
      'stairs[].id',
      'stairs[].name',
    ],
  },
  'residents.enter': { target: 'none', scene: null, body: 'entry', statuses: anyone(201), writes: true },
  'session.open': { target: 'none', scene: null, body: 'credentials', statuses: anyone(204), writes: true },
  'session.close': { target: 'none', scene: null, statuses: anyone(204), writes: false },
  'email.confirm': { target: 'none', scene: null, body: 'confirmation', statuses: anyone(204), writes: true },
  'email.resend': { target: 'none', scene: null, statuses: signedIn(409), writes: true },
  'password.ask': {
    target: 'none',
    scene: null,
    body: { email: 'personne@example.test' },
    statuses: anyone(202),
    writes: true,
  },
  'password.reset': { target: 'none', scene: null, body: 'reset', statuses: anyone(204), writes: true },
  'me.read': { target: 'none', scene: null, statuses: signedIn(200), writes: false },
  'me.edit': { target: 'none', scene: null, body: { largeText: true }, statuses: signedIn(200), writes: true },
  'sessions.list': { target: 'none', scene: null, statuses: signedIn(200), writes: false },
  'sessions.end': { target: 'resident', scene: null, statuses: signedIn(404), writes: false },
  'sessions.endOthers': { target: 'none', scene: null, statuses: signedIn(204), writes: true },
  'me.export': { target: 'none', scene: null, statuses: signedIn(200), writes: false },
  'me.leave': {
    target: 'none',
    scene: null,
    body: { password: 'pas le bon du tout' },
    statuses: signedIn(403),
    writes: false,
  },
  'me.keep': { target: 'none', scene: null, statuses: signedIn(204), writes: false },
  'communes.search': { target: 'none', scene: null, query: '?q=gex', statuses: anyone(200), writes: false },
  'instance.read': { target: 'none', scene: null, statuses: anyone(200), writes: false },
  'posts.create': {
    target: 'none',
    scene: null,
    body: 'post',
    statuses: residents(201),
    writes: true,
    keys: under('post', detail),
  },
  'posts.list': { target: 'none', scene: 'open', query: '?limit=3', statuses: residents(200), writes: false },
  'posts.read': { target: 'post', scene: 'promised', statuses: residents(200, unaware), writes: false },
  'posts.edit': {
    target: 'post',
    scene: 'open',
    body: 'edit',
    statuses: residents(404, { owner: 200 }),
    writes: true,
    keys: under('post', detail),
  },
  'posts.withdraw': {
    target: 'post',
    scene: 'promised',
    body: { reason: 'solved' },
    statuses: residents(404, { owner: 200 }),
    writes: true,
    keys: under('post', detail),
  },
  'favours.accept': {
    target: 'post',
    scene: 'open',
    body: {},
    statuses: residents(201, { ...unaware, owner: 403 }),
    writes: true,
    keys: under('favour', favourView),
  },
  'favours.list': { target: 'none', scene: 'promised', statuses: residents(200), writes: false },
  'favours.withdraw': {
    target: 'favour',
    scene: 'promised',
    body: { reason: 'unwell' },
    statuses: residents(404, { helper: 200, owner: 403 }),
    writes: true,
    keys: under('favour', favourView),
  },
  'favours.decline': {
    target: 'favour',
    scene: 'promised',
    body: { reason: 'already-helped' },
    statuses: residents(404, { owner: 200, helper: 403 }),
    writes: true,
    keys: under('favour', favourView),
  },
  'favours.done': {
    target: 'favour',
    scene: 'promised',
    body: { minutes: 30 },
    statuses: residents(404, { owner: 200, helper: 200 }),
    writes: true,
    keys: under('favour', favourView),
  },
  'favours.noShow': {
    target: 'favour',
    scene: 'promised',
    body: { reason: 'nobody-came' },
    statuses: residents(404, { owner: 200, helper: 200 }),
    writes: true,
    keys: under('favour', favourView),
  },
  'favours.excuse': {
    target: 'favour',
    scene: 'missed',
    body: { excuse: 'no-matter' },
    statuses: residents(404, { owner: 200, helper: 403 }),
    writes: true,
    keys: under('favour', favourView),
  },
  'posts.own': { target: 'none', scene: null, statuses: residents(200), writes: false },
  'posts.places': { target: 'post', scene: 'open', body: { helpersNeeded: 2 }, statuses: owned(200), writes: true },
  'posts.stillNeeded': { target: 'post', scene: 'open', body: {}, statuses: owned(200), writes: true },
  'calendar.own': { target: 'none', scene: null, statuses: residents(200), writes: false },
  'calendar.make': { ...writing, statuses: residents(201), keys: ['url'] },
  'calendar.revoke': { ...writing, statuses: residents(204) },
  'calendar.read': { target: 'none', scene: null, statuses: anyone(404), writes: false },
  'series.list': { target: 'none', scene: null, statuses: residents(200), writes: false },
  'series.read': { ...ofSeries, statuses: bySides(200, 200), writes: false },
  'series.edit': { ...ofSeries, body: { title: 'Deux pains' }, statuses: bySides(200, 403) },
  'series.skip': { ...ofSeries, body: { from: '2020-01-01T00:00:00Z' }, statuses: bySides(422, 403), writes: false },
  'series.keep': { ...ofSeries, body: { from: '2020-01-01T00:00:00Z' }, statuses: bySides(422, 403), writes: false },
  'series.end': { ...ofSeries, body: { reason: 'solved' }, statuses: bySides(200, 403) },
  'series.stand': { ...ofSeries, body: {}, statuses: bySides(404, 200), writes: false },
  'series.stop': { ...ofSeries, body: {}, statuses: bySides(404, 404), writes: false },
  'favours.thank': {
    target: 'favour',
    scene: 'done',
    body: { text: 'Merci beaucoup' },
    statuses: residents(404, { owner: 200, helper: 403 }),
    writes: true,
  },
  'blocks.set': { target: 'resident', scene: null, statuses: residents(204), writes: true },
  'blocks.lift': { target: 'resident', scene: null, statuses: residents(204), unknown: 204, writes: false },
  'posts.matches': { target: 'post', scene: 'open', statuses: owned(200), writes: false, keys: matchKeys },
  'posts.reach': { target: 'post', scene: 'open', statuses: owned(200), writes: false, keys: reachKeys },
  'posts.widen': { target: 'post', scene: 'promised', body: {}, statuses: owned(409), writes: false },
  'interests.list': { target: 'none', scene: null, statuses: residents(200), writes: false },
  'interests.save': { ...writing, body: interestBody, statuses: residents(201), keys: under('interest', interest) },
  'interests.edit': { ...onInterest, body: { paused: true }, statuses: owned(200), keys: under('interest', interest) },
  'interests.remove': { ...onInterest, statuses: owned(204) },
  'trust.read': { target: 'none', scene: null, statuses: residents(200), writes: false },
  'vouches.read': { target: 'resident', scene: null, statuses: residents(404, atHome(200)), writes: false },
  'vouches.give': {
    target: 'resident',
    scene: null,
    statuses: residents(404, { ...atHome(409), newcomer: 403 }),
    writes: false,
  },
  'invitations.mine': { target: 'none', scene: null, statuses: residents(200), writes: false },
  'invitations.make': { ...writing, statuses: residents(201, { newcomer: 403 }) },
  'residence.move': { ...writing, body: 'move', statuses: residents(404), writes: false },
  'charter.sign': { ...writing, body: { version: 2 }, statuses: residents(409), writes: false },
  'conversations.list': { target: 'none', scene: 'promised', statuses: residents(200), writes: false },
  'conversations.read': { ...inTalk, statuses: sides(200), writes: false, keys: under('conversation', talkKeys) },
  'messages.list': { ...inTalk, statuses: sides(200), writes: false },
  'messages.send': { ...inTalk, body: { text: 'Bonjour' }, statuses: sides(201), keys: under('message', messageKeys) },
  'messages.read': { ...inTalk, body: { messageId: unsent }, statuses: sides(404), writes: false },
  'messages.typing': { ...inTalk, statuses: sides(204), writes: false },
  'photos.send': { ...inTalk, statuses: residents(422), unknown: 422, malformed: 400, writes: false },
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
  'notifications.list': { target: 'none', scene: null, statuses: signedIn(200), writes: false },
  'notifications.read': { ...writing, body: { all: true }, statuses: signedIn(200), keys: ['unread'] },
  ...offlineRows,
  ...residenceRows,
  ...territoryRows,
  'residence.mine': { target: 'none', scene: null, statuses: residents(200), writes: false },
  'mail.open': { target: 'none', scene: null, query: '?l=inconnu', statuses: anyone(303), writes: false },
  'mail.askStop': { target: 'none', scene: null, query: '?l=inconnu', statuses: anyone(303), writes: false },
  'mail.stop': { target: 'none', scene: null, query: '?l=inconnu', statuses: anyone(404), writes: false },
  'push.read': { target: 'none', scene: null, statuses: signedIn(200), keys: ['devices', 'publicKey'], writes: false },
  'push.subscribe': { ...writing, body: pushDevice, statuses: signedIn(204) },
  'push.unsubscribe': { ...writing, body: { endpoint: pushDevice.endpoint }, statuses: signedIn(204) },
  'operations.health': { target: 'none', scene: null, statuses: anyone(200), writes: false },
  'operations.ready': { target: 'none', scene: null, statuses: anyone(200), writes: false },
  'operations.openApi': { target: 'none', scene: null, statuses: anyone(200), writes: false },
  'operations.metrics': { target: 'none', scene: null, statuses: anyone(404), writes: false },
};

/** What a feed holds, and a favour's list: the exact keys of one item. */
export { card as cardKeys, favourView as favourKeys };

/** What a role reads of the owner's promised post beyond its card: for whom it is only by the two sides, the hall by its author, one's own favour. */
export const postSecrets: Partial<
  Record<Role, { onBehalfName: boolean; hall: boolean; mine: boolean; myFavour: string | null }>
> = {
  newcomer: { onBehalfName: false, hall: false, mine: false, myFavour: null },
  sameStair: { onBehalfName: false, hall: false, mine: false, myFavour: null },
  sameResidence: { onBehalfName: false, hall: false, mine: false, myFavour: null },
  neighbour: { onBehalfName: false, hall: false, mine: false, myFavour: null },
  owner: { onBehalfName: true, hall: true, mine: true, myFavour: null },
  helper: { onBehalfName: true, hall: false, mine: false, myFavour: 'accepted' },
  former: { onBehalfName: false, hall: false, mine: false, myFavour: 'withdrawn' },
  standby: { onBehalfName: false, hall: false, mine: false, myFavour: 'standby' },
};
/** Every key of a post read whole; `myFavour` has keys of its own when there is one. */
export const detailKeys = detail;
