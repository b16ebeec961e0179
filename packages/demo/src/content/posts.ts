import type { PostState } from '@palier/domain/posts';
import { doneOffersAround } from './posts/done-offers-around.ts';
import { doneOffersOfGex } from './posts/done-offers-gex.ts';
import { doneRequestsAround } from './posts/done-requests-around.ts';
import { doneRequestsOfCentre } from './posts/done-requests-centre.ts';
import { doneRequestsOfGex } from './posts/done-requests-gex.ts';
import { expiredPosts, withdrawnPosts } from './posts/ended.ts';
import { filledPosts } from './posts/filled.ts';
import { heldPosts, removedPosts } from './posts/moderated.ts';
import { openOffers } from './posts/open-offers.ts';
import { openRequestsAround } from './posts/open-requests-around.ts';
import { openRequestsOfGex } from './posts/open-requests-gex.ts';
import type { DemoPost, PostDraft } from './types.ts';

const byState: readonly (readonly [PostState, readonly PostDraft[]])[] = [
  ['open', [...openRequestsOfGex, ...openRequestsAround, ...openOffers]],
  ['filled', filledPosts],
  ['held', heldPosts],
  [
    'done',
    [...doneRequestsOfCentre, ...doneRequestsOfGex, ...doneRequestsAround, ...doneOffersOfGex, ...doneOffersAround],
  ],
  ['withdrawn', withdrawnPosts],
  ['expired', expiredPosts],
  ['removed', removedPosts],
];

const ordinary = {
  helpersNeeded: 1,
  urgent: false,
  hall: false,
  tellsAbsence: false,
  window: null,
  onBehalfOf: null,
  endReason: null,
  endedAfterHours: null,
  removalNote: null,
  favours: [],
} as const;

/** The 120 posts with their favours, keyed `post-001` to `post-120`; their moments count back from the first start. */
export const demoPosts: readonly DemoPost[] = byState
  .flatMap(([state, drafts]) => drafts.map((draft) => ({ ...ordinary, ...draft, state })))
  .map((post, index) => ({ key: `post-${String(index + 1).padStart(3, '0')}`, ...post }));
