import type { Transaction } from '@palier/db';
import { chaseAgainAt } from '@palier/domain/matching';
import type { StoredPost } from '@palier/domain/places';
import { expiresAt } from '@palier/domain/posts';
import { extendLife, postEvent, reachEvent } from '../posts/index.ts';
import type { OutboxEvent } from '../record.ts';
import { chaseAgain } from './tellings.queries.ts';

/**
 * Its author says that a post, which the caller has locked, still holds: one without a date lives on from now, and is asked about again halfway; one with a date keeps it, and is not asked about
 * any more. Answers what the stream is told.
 */
export const holdOn = async (tx: Transaction, post: StoredPost, now: Date): Promise<OutboxEvent> => {
  const hasWindow = post.windowTo !== null;
  const ends = hasWindow ? post.expiresAt : expiresAt({ kind: post.kind }, now);
  if (!hasWindow) await extendLife(tx, post.id, ends, now);
  await chaseAgain(tx, post.id, chaseAgainAt({ kind: post.kind, hasWindow }, now, ends));
  return hasWindow ? reachEvent(post) : postEvent(post, 'changed');
};
