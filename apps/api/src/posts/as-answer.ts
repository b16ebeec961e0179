import { cardOf, nearnessOf, type StoredPost, type Viewer } from '@palier/domain/places';
import type { PostDetail } from '@palier/domain/posts';
import type { ResidentActor } from '../context.ts';

/** Where a resident reads from. */
export const viewerOf = ({ residentId, residenceId, stairId, cell, commune }: ResidentActor): Viewer => ({
  residentId,
  residenceId,
  stairId,
  cell,
  commune,
});

type Concerning = {
  hall: boolean;
  endReason: string | null;
  beneficiary: string | null;
  viaReferent: boolean;
  favour: { id: string; state: NonNullable<PostDetail['myFavour']>['state']; isHelper: boolean } | null;
};

/** A post as one reader who may see it reads it whole: for whom it is, only by its author and the helper whose favour is accepted. */
export const detailOf = (post: StoredPost, concerning: Concerning, viewer: Viewer, now: Date): PostDetail => {
  const { favour } = concerning;
  const isMine = post.authorId === viewer.residentId;
  const mayKnowWhom = isMine || (favour?.state === 'accepted' && favour.isHelper);
  return {
    ...cardOf(post, nearnessOf(post, viewer), now),
    details: post.details,
    mine: isMine,
    hall: isMine ? concerning.hall : null,
    seriesId: post.seriesId,
    endReason: concerning.endReason,
    onBehalfName: mayKnowWhom ? concerning.beneficiary : null,
    viaReferent: concerning.viaReferent,
    myFavour: favour && { id: favour.id, state: favour.state },
  };
};
