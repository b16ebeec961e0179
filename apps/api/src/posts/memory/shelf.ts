import type { HeldPost } from './held-post.ts';

type Compare = (a: HeldPost, b: HeldPost) => number;

/** Newest first, then by id: the order that ends every order of the feed. */
export const newestFirst = (a: Pick<HeldPost, 'createdAt' | 'id'>, b: Pick<HeldPost, 'createdAt' | 'id'>): number =>
  b.createdAt - a.createdAt || (a.id === b.id ? 0 : a.id < b.id ? 1 : -1);
const urgentFirst: Compare = (a, b) => a.urgentUntil - b.urgentUntil || newestFirst(a, b);
const datedFirst: Compare = (a, b) => a.windowTo - b.windowTo || newestFirst(a, b);

/** The first place in a sorted list for which `isBefore` no longer holds. */
export const firstNot = (list: readonly HeldPost[], isBefore: (post: HeldPost) => boolean): number => {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(list[middle] as HeldPost)) low = middle + 1;
    else high = middle;
  }
  return low;
};

const insert = (list: HeldPost[], post: HeldPost, compare: Compare): void => {
  list.splice(
    firstNot(list, (other) => compare(other, post) < 0),
    0,
    post,
  );
};
const remove = (list: HeldPost[], post: HeldPost, compare: Compare): void => {
  const at = firstNot(list, (other) => compare(other, post) < 0);
  if (list[at] === post) list.splice(at, 1);
};

/** Open posts of one public cell, or of one residence, in the orders in which they are walked. */
export class Shelf {
  readonly newest: HeldPost[];
  readonly urgent: HeldPost[];
  readonly dated: HeldPost[];
  /** When it was last read, on the memory's own count. */
  usedAt = 0;

  constructor(posts: HeldPost[]) {
    this.newest = posts.sort(newestFirst);
    this.urgent = posts.filter(({ urgentUntil }) => urgentUntil !== 0).sort(urgentFirst);
    this.dated = posts.filter(({ windowTo }) => windowTo !== 0).sort(datedFirst);
  }

  add(post: HeldPost): void {
    insert(this.newest, post, newestFirst);
    if (post.urgentUntil !== 0) insert(this.urgent, post, urgentFirst);
    if (post.windowTo !== 0) insert(this.dated, post, datedFirst);
  }

  take(post: HeldPost): void {
    remove(this.newest, post, newestFirst);
    if (post.urgentUntil !== 0) remove(this.urgent, post, urgentFirst);
    if (post.windowTo !== 0) remove(this.dated, post, datedFirst);
  }
}
