import type { PostTable } from './post-table.ts';

type Compare = (posts: PostTable, a: number, b: number) => number;

/** Where a post of the table stands, newest first, then by id: the order that ends every order of the feed. */
export const newestFirst: Compare = (posts, a, b) => {
  if (a === b) return 0;
  return posts.createdAt(b) - posts.createdAt(a) || (posts.idOf(a) < posts.idOf(b) ? 1 : -1);
};

/** The same order, against where a page ended. */
export const newestFirstThan = (posts: PostTable, a: number, b: { createdAt: number; id: string }): number => {
  const apart = b.createdAt - posts.createdAt(a);
  if (apart !== 0) return apart;
  const id = posts.idOf(a);
  return id === b.id ? 0 : id < b.id ? 1 : -1;
};
const urgentFirst: Compare = (posts, a, b) => posts.urgentUntil(a) - posts.urgentUntil(b) || newestFirst(posts, a, b);
const datedFirst: Compare = (posts, a, b) => posts.windowTo(a) - posts.windowTo(b) || newestFirst(posts, a, b);

/** The first place in a sorted list for which `isBefore` no longer holds. */
export const firstNot = (list: readonly number[], isBefore: (slot: number) => boolean): number => {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(list[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Open posts of one public cell, or of one residence, by their slots, in the orders in which they are walked. */
export class Shelf {
  readonly #posts: PostTable;
  readonly newest: number[];
  readonly urgent: number[];
  readonly dated: number[];
  /** When it was last read, on the memory's own count. */
  usedAt = 0;

  constructor(posts: PostTable, slots: number[]) {
    this.#posts = posts;
    this.newest = slots.sort((a, b) => newestFirst(posts, a, b));
    this.urgent = slots.filter((slot) => posts.urgentUntil(slot) !== 0).sort((a, b) => urgentFirst(posts, a, b));
    this.dated = slots.filter((slot) => posts.windowTo(slot) !== 0).sort((a, b) => datedFirst(posts, a, b));
  }

  add(slot: number): void {
    for (const { list, compare } of this.#listsOf(slot)) list.splice(this.#placeIn(list, slot, compare), 0, slot);
  }

  take(slot: number): void {
    for (const { list, compare } of this.#listsOf(slot)) {
      const at = this.#placeIn(list, slot, compare);
      if (list[at] === slot) list.splice(at, 1);
    }
  }

  #listsOf(slot: number): { list: number[]; compare: Compare }[] {
    const lists = [{ list: this.newest, compare: newestFirst }];
    if (this.#posts.urgentUntil(slot) !== 0) lists.push({ list: this.urgent, compare: urgentFirst });
    if (this.#posts.windowTo(slot) !== 0) lists.push({ list: this.dated, compare: datedFirst });
    return lists;
  }

  #placeIn(list: readonly number[], slot: number, compare: Compare): number {
    return firstNot(list, (other) => compare(this.#posts, other, slot) < 0);
  }
}
