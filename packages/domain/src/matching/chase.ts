import type { PostKind, PostState } from '../posts/schemas.ts';

const dayMs = 86_400_000;

/** How long an offer is to live at least for its author to be asked about it: one that ends sooner is over before it is stale. */
const leastOfferLifeMs = 14 * dayMs;

const halfwayTo = (end: Date, since: Date): Date => new Date((since.getTime() + end.getTime()) / 2);

/**
 * When the author of a post is asked whether it still holds (product.md: nothing goes stale unseen): halfway from `since`, when they last spoke of it, to its end. Requests always; offers that
 * live two weeks or more; null for the others.
 */
export const chaseAt = ({ kind }: { kind: PostKind }, since: Date, expiresAt: Date): Date | null =>
  kind === 'offer' && expiresAt.getTime() - since.getTime() < leastOfferLifeMs ? null : halfwayTo(expiresAt, since);

/** When an author who has just said that a post still holds is asked again: halfway to the new end of one that lives on; never of one whose date stays what it is. */
export const chaseAgainAt = (post: { kind: PostKind; hasWindow: boolean }, now: Date, expiresAt: Date): Date | null =>
  post.hasWindow ? null : chaseAt(post, now, expiresAt);

/** What an author is asked: whether a request that nobody answered is still `needed`, whether the `places` left of a half-filled one still look for somebody, whether an offer is still `offered`. */
export type ChaseQuestion = 'needed' | 'places' | 'offered';

/** What the author of a post is to be asked once its time has come; null when nobody is looked for any more: it is full, over, or not to be seen. */
export const chaseQuestion = (post: { kind: PostKind; state: PostState; taken: number }): ChaseQuestion | null => {
  if (post.state !== 'open') return null;
  if (post.kind === 'offer') return 'offered';
  return post.taken > 0 ? 'places' : 'needed';
};
