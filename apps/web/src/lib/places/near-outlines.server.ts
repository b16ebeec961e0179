import { type Commune, communeOutline, findCommune, listCommunes } from '@palier/places-data';
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';

/** The outlines around a commune, each with its name, the centre its name is written at, and whether it is the one asked for. */
export type Outlines = FeatureCollection<
  Polygon | MultiPolygon,
  { name: string; lat: number; lon: number; isHere: boolean }
>;

const aroundKm = 15;
const kmPerDegree = 111.2;

const isNear = (here: Commune, there: Commune): boolean => {
  if (here.lat === null || here.lon === null || there.lat === null || there.lon === null) return false;
  const north = (there.lat - here.lat) * kmPerDegree;
  const east = (there.lon - here.lon) * kmPerDegree * Math.cos((here.lat * Math.PI) / 180);
  return Math.hypot(north, east) <= aroundKm;
};

const rounded = (_key: string, value: unknown) =>
  typeof value === 'number' ? Math.round(value * 10_000) / 10_000 : value;

const kept = new Map<string, string>();
const keptMost = 200;

/** The outlines of a commune (INSEE code) and of those whose centre is within 15 km, as GeoJSON text of 4 decimals; null for a code that is no commune. Empty where no outline ships. */
export const nearOutlines = (insee: string): string | null => {
  const here = findCommune(insee);
  if (!here) return null;
  const known = kept.get(insee);
  if (known) return known;
  const features = listCommunes().flatMap((commune): Outlines['features'] => {
    const geometry = commune.insee === insee || isNear(here, commune) ? communeOutline(commune.insee) : undefined;
    if (!geometry || commune.lat === null || commune.lon === null) return [];
    const { name, lat, lon } = commune;
    return [{ type: 'Feature', properties: { name, lat, lon, isHere: commune.insee === insee }, geometry }];
  });
  const text = JSON.stringify({ type: 'FeatureCollection', features } satisfies Outlines, rounded);
  if (kept.size >= keptMost) kept.clear();
  kept.set(insee, text);
  return text;
};
