import { epochSize, type ResyncReason } from './frames.ts';

/** The first `seq` of the epoch that a stream at `head` is in, or is about to begin. */
const epochStart = (head: number): number => Math.floor((head + 1) / epochSize) * epochSize;

/**
 * Why a reader that holds `after` cannot go on in a stream at `head`: `future` (nothing is that far), `foreign` (before the last restore); null when it may, as far as numbers tell.
 * Whether the events behind it are still kept is the store's to say.
 */
export const resyncOf = (after: number, head: number): ResyncReason | null =>
  after > head ? 'future' : after < epochStart(head) - 1 ? 'foreign' : null;

/** The head of a stream that begins a new epoch after one that ended at `head`: its next `seq` is the next multiple of 10^12 (architecture.md, Backup). */
export const nextEpochHead = (head: number): number => epochStart(head) + epochSize - 1;
