import { getHeapStatistics } from 'node:v8';

/** What an open post takes while it is held, in bytes, with its share of what several have alike; measured on a million posts (apps/bench). */
const bytesPerPost = 700;
const postsAtMost = 1_000_000;

/** How many posts a process may hold: a million, or what fits in a third of its heap. */
export const heldMax = (heapBytes = getHeapStatistics().heap_size_limit): number =>
  Math.min(postsAtMost, Math.floor(heapBytes / 3 / bytesPerPost));
