import type { FavourView } from '@palier/domain/favours';
import type { ViewedFavour } from './favours.queries.ts';

/** A favour as one of its sides reads it; the other's residence is named while it is accepted, and once it is done. */
export const viewOf = (
  { favour, post, other, residence, side, viaReferent }: ViewedFavour,
  residentId: string,
): FavourView => ({
  id: favour.id,
  postId: favour.postId,
  state: favour.state,
  side,
  iAmAuthor: favour.authorId === residentId,
  note: favour.note,
  reason: favour.reason,
  excuse: favour.excuse,
  minutes: favour.minutes,
  thanks:
    favour.thanks !== null && favour.thankedAt ? { text: favour.thanks, at: favour.thankedAt.toISOString() } : null,
  other: { ...other, residence: favour.state === 'accepted' || favour.state === 'done' ? residence : null },
  viaReferent,
  post: {
    kind: post.kind,
    category: post.category,
    title: post.title,
    state: post.state,
    window:
      post.windowFrom && post.windowTo
        ? { from: post.windowFrom.toISOString(), to: post.windowTo.toISOString() }
        : null,
  },
  createdAt: favour.createdAt.toISOString(),
  updatedAt: favour.updatedAt.toISOString(),
});
