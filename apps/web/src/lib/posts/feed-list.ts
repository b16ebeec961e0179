import type { PostCard, PostState } from '@palier/domain/posts';
import { type FeedFilters, isWanted } from './filters.ts';

/** What the list shows of a post, and what it is sorted out by: a live frame says more, the page's own data no more than this. */
export type FeedCard = Omit<PostCard, 'audience' | 'state' | 'createdAt' | 'updatedAt' | 'expiresAt'>;

/** A reader's list: what is shown, what came while they were reading further down, and what was taken before their eyes. */
export interface FeedList {
  filters: FeedFilters;
  posts: readonly FeedCard[];
  /** Newest last; shown when the reader asks for them. */
  waiting: readonly FeedCard[];
  /** Posts that were filled since: they stay, faded, until the next reading. */
  taken: ReadonlySet<string>;
  /** Posts that slid in by themselves. */
  fresh: ReadonlySet<string>;
  /** Where the list goes on; null at its end. */
  next: string | null;
}

/** The list as the server answered it. */
export const listOf = (filters: FeedFilters, posts: readonly FeedCard[], next: string | null): FeedList => ({
  filters,
  posts,
  waiting: [],
  taken: new Set(),
  fresh: new Set(),
  next,
});

const without = (set: ReadonlySet<string>, id: string): ReadonlySet<string> =>
  new Set([...set].filter((one) => one !== id));
const replaced = (posts: readonly FeedCard[], post: FeedCard) => posts.map((one) => (one.id === post.id ? post : one));
const removed = (posts: readonly FeedCard[], id: string) => posts.filter((one) => one.id !== id);
const holds = (posts: readonly FeedCard[], id: string) => posts.some((one) => one.id === id);

/**
 * A post that this reader may now see: known ones are brought up to date where they stand, new ones slide in on top when
 * `isAtTop`, else wait. One that does not fit the filters is not shown, and leaves when it no longer fits.
 */
export const opened = (list: FeedList, post: FeedCard, isAtTop: boolean): FeedList => {
  if (!isWanted(post, list.filters)) return closed(list, post.id, 'withdrawn');
  if (holds(list.posts, post.id))
    return { ...list, posts: replaced(list.posts, post), taken: without(list.taken, post.id) };
  if (holds(list.waiting, post.id)) return { ...list, waiting: replaced(list.waiting, post) };
  if (!isAtTop) return { ...list, waiting: [...list.waiting, post] };
  return { ...list, posts: [post, ...list.posts], fresh: new Set([...list.fresh, post.id]) };
};

/** A post that changed: as `opened`, but one not in hand stays on its later page, unless the whole list is in hand. */
export const changed = (list: FeedList, post: FeedCard, isAtTop: boolean): FeedList => {
  const isInHand = holds(list.posts, post.id) || holds(list.waiting, post.id);
  return isInHand || list.next === null ? opened(list, post, isAtTop) : list;
};

/** A post that left: a filled one stays where it stands, marked as taken; any other leaves at once, since it may no longer be this reader's to see. */
export const closed = (list: FeedList, postId: string, state: PostState): FeedList => {
  const waiting = removed(list.waiting, postId);
  if (state === 'filled' && holds(list.posts, postId))
    return { ...list, waiting, taken: new Set([...list.taken, postId]) };
  return { ...list, waiting, posts: removed(list.posts, postId), taken: without(list.taken, postId) };
};

/** What waited, on top, newest first. */
export const withWaiting = (list: FeedList): FeedList => ({
  ...list,
  posts: [...list.waiting.toReversed(), ...list.posts],
  waiting: [],
  fresh: new Set([...list.fresh, ...list.waiting.map(({ id }) => id)]),
});

/** The list with its next page, without what is already in hand. */
export const withPage = (list: FeedList, posts: readonly FeedCard[], next: string | null): FeedList => ({
  ...list,
  posts: [...list.posts, ...posts.filter(({ id }) => !holds(list.posts, id) && !holds(list.waiting, id))],
  next,
});
