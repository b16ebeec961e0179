import { totalmem } from 'node:os';

/** What an open post takes while it is held, in bytes: its card and its columns outside the heap (785), two shelves and what several have alike in it (55); measured on a million posts (apps/bench). */
const bytesPerPost = 850;
const postsAtMost = 1_000_000;

/** The memory this process may use, in bytes: the machine's, or what its container leaves of it. */
const memoryOf = (): number => Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);

/** How many posts a process may hold: a million, or what fits in an eighth of its memory, since most of a post is outside the heap. */
export const heldMax = (memoryBytes = memoryOf()): number =>
  Math.min(postsAtMost, Math.floor(memoryBytes / 8 / bytesPerPost));
