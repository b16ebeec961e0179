import { residences } from '../content/index.ts';
import { daysBefore, type Planning } from './input.ts';
import type { PlannedPlace, PlannedResidence, PlannedStair, PlannedTerritory } from './rows.ts';

/** The residences opened before their first resident came, in days. */
const openedDaysAgo = 460;

/** The demo's territory, its residences, their exact points kept apart, and their stairs. */
export const planPlaces = ({ startAt, chance, cellOf }: Planning) => {
  const createdAt = daysBefore(startAt, openedDaysAgo);
  const territory: PlannedTerritory = { id: chance.id(createdAt), name: 'Pays de Gex', createdAt };
  const byKey = new Map<string, PlannedResidence>();
  const stairIds = new Map<string, string>();
  const residencePlaces: PlannedPlace[] = [];
  const stairs: PlannedStair[] = [];
  for (const { key, name, address, insee, lat, lon, homes, stairs: names } of residences) {
    const id = chance.id(createdAt);
    byKey.set(key, {
      id,
      territoryId: territory.id,
      commune: insee,
      name,
      homes,
      cell: cellOf({ id, commune: insee, homes, lat, lon }),
      createdAt,
    });
    residencePlaces.push({ residenceId: id, lat, lon, address });
    for (const stair of names) {
      const stairId = chance.id(createdAt);
      stairIds.set(`${key} ${stair}`, stairId);
      stairs.push({ id: stairId, residenceId: id, name: stair });
    }
  }
  return { territories: [territory], residences: [...byKey.values()], residencePlaces, stairs, byKey, stairIds };
};
export type PlannedPlaces = ReturnType<typeof planPlaces>;
