import type { Row } from '../authorisation-row.ts';
import type { Role } from '../cast.ts';
import { owned, residents, unaware, under } from './statuses.ts';

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
const matchKeys = ['neighbours[].count', 'neighbours[].ring'];
const reachKeys = ['asked', 'atLeast', 'nextAt', 'nextRing', 'ring', 'told'];

/** The rows of posts and favours. */
export const postsRows: Readonly<Record<string, Row>> = {
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
  'favours.thank': {
    target: 'favour',
    scene: 'done',
    body: { text: 'Merci beaucoup' },
    statuses: residents(404, { owner: 200, helper: 403 }),
    writes: true,
  },
  'posts.matches': { target: 'post', scene: 'open', statuses: owned(200), writes: false, keys: matchKeys },
  'posts.reach': { target: 'post', scene: 'open', statuses: owned(200), writes: false, keys: reachKeys },
  'posts.widen': { target: 'post', scene: 'promised', body: {}, statuses: owned(409), writes: false },
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
