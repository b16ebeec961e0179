import type { FavourChange, PostChange } from '@palier/domain/live';
import type { StoredPost } from '@palier/domain/places';
import type { OutboxEvent } from '../record.ts';
import type { ChangedFavour } from './places-taken.queries.ts';

type Routed = Pick<StoredPost, 'id' | 'cell' | 'residenceId' | 'commune' | 'authorId'>;

/** The stream's word of a post, with what routes it. */
export const postEvent = (post: Routed, change: PostChange): OutboxEvent => ({
  kind: 'post',
  change,
  postId: post.id,
  cell: post.cell,
  residenceId: post.residenceId,
  commune: post.commune,
  sideA: post.authorId,
});

/** The stream's word, for a post's author alone, that how far it was told has moved. */
export const reachEvent = (post: Routed): OutboxEvent => postEvent(post, 'reached');

/** The stream's word of a favour, for its two sides. */
export const favourEvent = (
  favour: Pick<ChangedFavour, 'id' | 'helperId' | 'beneficiaryId'>,
  postId: string,
  change: FavourChange,
): OutboxEvent => ({
  kind: 'favour',
  change,
  favourId: favour.id,
  postId,
  sideA: favour.helperId,
  sideB: favour.beneficiaryId,
});
