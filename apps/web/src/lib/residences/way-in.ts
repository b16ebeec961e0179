import type { NeighbourLine } from '@palier/domain/residences';
import { m } from '@palier/messages';

const words = {
  poster: m.residences_by_poster,
  slip: m.residences_by_slip,
  letter: m.residences_by_letter,
  neighbour: m.residences_by_neighbour,
};

/** How someone came, in words; null when nobody wrote it down. */
export const wayIn = ({ enteredBy, isOnline }: Pick<NeighbourLine, 'enteredBy' | 'isOnline'>): string | null =>
  isOnline ? enteredBy && words[enteredBy]() : m.residences_by_offline();
