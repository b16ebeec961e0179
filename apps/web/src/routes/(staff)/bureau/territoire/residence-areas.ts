import type { ResidenceLine } from '@palier/domain/residences';
import { m } from '@palier/messages';
import type { Area } from '#lib/places/areas.ts';

const asksFor = ({ waiting, referents }: ResidenceLine): boolean => waiting > 0 || referents === 0;

/** The public cells of these residences, in their order: their names, and in another colour and shape where something waits or nobody looks after one. */
export const residenceAreas = (residences: readonly ResidenceLine[]): Area[] => {
  const byCell = new Map<string, ResidenceLine[]>();
  for (const residence of residences) byCell.set(residence.cell, [...(byCell.get(residence.cell) ?? []), residence]);
  return [...byCell].map(([cell, here]) => {
    const names = here.map(({ name }) => name).join(', ');
    const isCalm = !here.some(asksFor);
    return {
      cell,
      count: here.length,
      kind: isCalm ? 'both' : 'request',
      label: isCalm ? names : m.residences_territory_map_asks({ names }),
    };
  });
};
