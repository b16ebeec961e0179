import type { Ring } from '@palier/domain/matching';
import type { PostKind } from '@palier/domain/posts';
import { m } from '@palier/messages';

/** How far a post was told, inside a sentence. */
export const ringWords: Readonly<Record<Ring, () => string>> = {
  stair: m.matching_ring_stair,
  residence: m.matching_ring_residence,
  'near-300': m.matching_ring_near_300,
  'near-1000': m.matching_ring_near_1000,
  'near-2000': m.matching_ring_near_2000,
  commune: m.matching_ring_commune,
};

/** Where neighbours of a ring live, inside a sentence. */
export const neighbourWords: Readonly<Record<Ring, () => string>> = {
  stair: m.matching_neighbours_in_stair,
  residence: m.matching_neighbours_in_residence,
  'near-300': m.matching_neighbours_in_near_300,
  'near-1000': m.matching_neighbours_in_near_1000,
  'near-2000': m.matching_neighbours_in_near_2000,
  commune: m.matching_neighbours_in_commune,
};

/** What the author of a post that still looks for somebody is asked, and the two answers. */
type ChaseWords = Readonly<Record<'title' | 'text' | 'yes' | 'no', () => string>>;

const needed: ChaseWords = {
  title: m.posts_need_title,
  text: m.posts_need_text,
  yes: m.posts_need_yes,
  no: m.posts_need_solved,
};
const places: ChaseWords = {
  title: m.posts_need_places_title,
  text: m.posts_need_places_text,
  yes: m.posts_need_places_yes,
  no: m.posts_need_places_no,
};
const offered: ChaseWords = {
  title: m.posts_need_offer_title,
  text: m.posts_need_offer_text,
  yes: m.posts_need_offer_yes,
  no: m.posts_need_offer_no,
};

/** Whether a request that nobody answered is still needed, the places left of a half-filled one still look for somebody, an offer is still offered. */
export const chaseWords = ({ kind, helpersTaken }: { kind: PostKind; helpersTaken: number }): ChaseWords => {
  if (kind === 'request') return helpersTaken > 0 ? places : needed;
  return helpersTaken > 0 ? { ...offered, no: m.posts_need_places_no } : offered;
};
