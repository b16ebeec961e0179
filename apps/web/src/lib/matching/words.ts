import type { Ring } from '@palier/domain/matching';
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
