import { lazily, readRows } from './read-data.ts';

export type Commune = {
  /** INSEE code, text: `01173`, `2A004`, `97411`. */
  insee: string;
  name: string;
  /** Department's code, text: `01`, `2A`, `974`. */
  department: string;
  region: string;
  population: number | null;
  postcodes: string[];
  /** Centre, degrees. */
  lat: number | null;
  lon: number | null;
  /** As the source gives it; `null` for arrondissements and most collectivities overseas. */
  surfaceKm2: number | null;
  /** The surface, or that of the box around the commune where it has none: what a public cell may be worked out from, since it can only make it coarser. */
  surfaceAtMostKm2: number | null;
  /** The commune an arrondissement of Paris, Lyon or Marseille is part of. */
  parent?: string;
};

const kmPerDegree = 111.195;
const roundedTo = 0.001; // degrees: the box is widened by what rounding may have cut

const numberOf = (text: string | undefined): number | null => (text ? Number(text) : null);

const boxKm2 = (sides: (string | undefined)[]): number | null => {
  const [west, south, east, north] = sides.map(numberOf);
  if (west == null || south == null || east == null || north == null) return null;
  const kmPerDegreeEast = kmPerDegree * Math.cos((((south + north) / 2) * Math.PI) / 180);
  return (east - west + roundedTo) * kmPerDegreeEast * (north - south + roundedTo) * kmPerDegree;
};

const communeOf = (row: string[]): Commune => {
  const [insee = '', name = '', , parent, department = '', region = '', population, postcodes, lon, lat] = row;
  const surfaceKm2 = numberOf(row[14]);
  return {
    insee,
    name,
    department,
    region,
    population: numberOf(population),
    postcodes: postcodes ? postcodes.split('|') : [],
    lat: numberOf(lat),
    lon: numberOf(lon),
    surfaceKm2,
    surfaceAtMostKm2: surfaceKm2 ?? boxKm2(row.slice(10, 14)),
    ...(parent ? { parent } : {}),
  };
};

const byInsee = lazily(
  () => new Map(readRows('communes-france.csv.gz').map((row) => [row[0] ?? '', communeOf(row)] as const)),
);

/** The commune or arrondissement of an INSEE code as of 2026, in upper case (`2A004`); `undefined` for a code that is not, or no longer, one. */
export const findCommune = (insee: string): Commune | undefined => byInsee().get(insee);

/** The 34,969 communes and, after them, the 45 arrondissements (those with `parent`). One shared list: not to be changed. */
export const listCommunes = lazily((): readonly Commune[] => [...byInsee().values()]);
