/** Average area of an H3 cell in km², from the finest resolution allowed to the coarsest (https://h3geo.org/docs/core-library/restable). */
const cellAreas = [
  { resolution: 10, areaKm2: 0.015047502 },
  { resolution: 9, areaKm2: 0.105332513 },
  { resolution: 8, areaKm2: 0.737327598 },
  { resolution: 7, areaKm2: 5.16129336 },
  { resolution: 6, areaKm2: 36.129062164 },
] as const;

export type CellResolution = (typeof cellAreas)[number]['resolution'];

const coarsest: CellResolution = 6;
const peoplePerHousehold = 2.2;
const leastHouseholds = 50;
const fewHomes = 11;

/** What a commune's density is worked out from; `null` where the source does not say. */
export type Populated = { population: number | null; surfaceKm2: number | null };

/** Households to expect in `cells` cells of average area if people were spread evenly over the commune, 2.2 a household; 0 when unknown. */
export const expectedHouseholds = (place: Populated, resolution: CellResolution, cells = 7): number => {
  const [population, surfaceKm2] = [place.population ?? 0, place.surfaceKm2 ?? 0];
  if (!(population > 0 && surfaceKm2 > 0)) return 0;
  const area = cellAreas.find((each) => each.resolution === resolution)?.areaKm2 ?? 0;
  return (population / surfaceKm2 / peoplePerHousehold) * area * cells;
};

/**
 * The H3 resolution, 10 (fine) to 6 (coarse), at which a residence is blurred (privacy.md, Places, 1): the finest at which seven cells are
 * expected to hold at least 50 households, one coarser for fewer than 11 homes; 6 when none does or the commune's population or surface is unknown.
 */
export const cellResolution = (residence: Populated & { homes: number }): CellResolution => {
  const found = cellAreas.findIndex(({ resolution }) => expectedHouseholds(residence, resolution) >= leastHouseholds);
  if (found === -1) return coarsest;
  return cellAreas[residence.homes >= fewHomes ? found : found + 1]?.resolution ?? coarsest;
};
