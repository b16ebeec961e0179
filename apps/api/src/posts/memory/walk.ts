/** A sorted list from one of its places on, and whom of it the reader may find. */
export type Source = {
  list: readonly number[];
  at: number;
  m: number;
  accepts: (slot: number, m: number) => boolean;
};

/** A post that was found, by its slot, and how near it is, in the feed's own metres. */
export type Found = { slot: number; m: number };

/** How many posts a walk may look at before it is the database's, which has indexes for what is rare. */
export type Budget = { left: number };

/** Where a source stands compared with another; both have a post left. */
type Compare = (a: Source, b: Source) => number;

const sink = (heap: Source[], from: number, compare: Compare): void => {
  const moving = heap[from];
  if (!moving) return;
  let at = from;
  for (;;) {
    const left = 2 * at + 1;
    const [a, b] = [heap[left], heap[left + 1]];
    if (!a) break;
    const next = b && compare(b, a) < 0 ? left + 1 : left;
    const child = heap[next] as Source;
    if (compare(moving, child) <= 0) break;
    heap[at] = child;
    at = next;
  }
  heap[at] = moving;
};

/** Merges sorted sources into `found` until it holds `count`; false when the budget ended first. */
export const merge = (sources: Source[], compare: Compare, found: Found[], count: number, budget: Budget): boolean => {
  const heap = sources.filter(({ list, at }) => at < list.length);
  for (let at = (heap.length >> 1) - 1; at >= 0; at--) sink(heap, at, compare);
  for (let top = heap[0]; top && found.length < count; top = heap[0]) {
    if (budget.left-- <= 0) return false;
    const slot = top.list[top.at] as number;
    if (top.accepts(slot, top.m)) found.push({ slot, m: top.m });
    top.at += 1;
    if (top.at >= top.list.length) {
      const last = heap.pop() as Source;
      if (heap.length === 0) return true;
      if (last !== top) heap[0] = last;
    }
    sink(heap, 0, compare);
  }
  return true;
};
