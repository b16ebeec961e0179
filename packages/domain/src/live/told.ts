import { isInAudience, nearnessM, type StoredPost, type Viewer } from '../places/disclose.ts';
import type { Category } from '../posts/categories.ts';
import type { PostState } from '../posts/schemas.ts';
import { audienceBefore, isHiding } from './events.ts';

/** What a post's event tells one reader: the post as it is now, or that it left their feed and in which state. */
export type Told = { type: 'post.opened' | 'post.changed' } | { type: 'post.closed'; state: PostState };

/** How far and about what a reader asked to be told; null: everything their rights allow. */
export type Interest = { within: number | null; categories: readonly Category[] | null };

/**
 * What the event `change` of a post tells this viewer, the post being what it is now; null when it tells them nothing.
 * `isHidden`: a block stands between them and its author. Whoever loses sight of a post hears `removed`, as does everyone but the author of one that is held.
 */
export const toldOf = (change: string, post: StoredPost, viewer: Viewer, isHidden: boolean): Told | null => {
  const isAuthor = post.authorId === viewer.residentId;
  if (change === 'held' || !wasInSight(change, post, viewer)) return null;
  if (isHidden) return isHiding(change) ? lost : null;
  if (!isInAudience(post, viewer)) return lost;
  if (post.state === 'open')
    return { type: change === 'opened' || change === 'shown' ? 'post.opened' : 'post.changed' };
  if (post.state === 'held' && !isAuthor) return change === 'opened' ? null : lost;
  return { type: 'post.closed', state: post.state };
};

const lost: Told = { type: 'post.closed', state: 'removed' };

const wasInSight = (change: string, post: StoredPost, viewer: Viewer): boolean => {
  const before = audienceBefore(change);
  return isInAudience(post, viewer) || (before !== null && isInAudience({ ...post, audience: before }, viewer));
};

/** Whether an open post is within what a reader asked to hear of: its category, and its distance in metres between public cells. */
export const isOfInterest = (post: StoredPost, viewer: Viewer, interest: Interest): boolean =>
  (interest.categories === null || interest.categories.includes(post.category)) &&
  (interest.within === null || nearnessM(post, viewer) <= interest.within);
