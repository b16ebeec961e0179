import { createHash } from 'node:crypto';
import { planTown, readTowns, type Town } from '@palier/demo';
import { type Cell, cellResolution, homeCell, publicCell } from '@palier/domain/places';
import { findCommune } from '@palier/places-data';

export type Residence = { commune: string; cell: Cell };

/** The towns of `pnpm palier demo --towns`, the most populous first. */
export const listTowns = (): Town[] => readTowns();

const densityOf = ({ insee, surfaceKm2 }: Town): number => (findCommune(insee)?.population ?? 0) / surfaceKm2;

/** The communes among them with the most people a square kilometre. */
export const densestCommunes = (towns: readonly Town[], count: number): string[] =>
  towns
    .toSorted((a, b) => densityOf(b) - densityOf(a))
    .slice(0, count)
    .map(({ insee }) => insee);

/** A town's residences as `pnpm palier demo --towns` plans them, each in its public cell. Only they are taken from the plan: posts must be added in steps, which that command does not do. */
export const residencesOf = (town: Town): Residence[] => {
  const commune = findCommune(town.insee);
  const density = { population: commune?.population ?? null, surfaceKm2: commune?.surfaceAtMostKm2 ?? null };
  const cellOf = ({ id, homes, lat, lon }: { id: string; homes: number; lat: number; lon: number }): Cell =>
    publicCell(homeCell({ lat, lon }, cellResolution({ homes, ...density })), createHash('sha256').update(id).digest());
  const { residences } = planTown(
    { ...town, residents: 0 },
    { now: new Date('2026-01-01T00:00:00Z'), territoryId: '', passwordHash: '', cellOf, posts: 0 },
  );
  return residences.map(({ commune: insee, cell }) => ({ commune: insee, cell: cell as Cell }));
};

/** `count` towns of eight to twelve residences, and all their residences. */
export const middlingTowns = (count: number): Residence[] =>
  listTowns()
    .filter(({ residences }) => residences >= 8 && residences <= 12)
    .slice(0, count)
    .flatMap(residencesOf);
