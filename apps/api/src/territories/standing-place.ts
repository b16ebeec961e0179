import { isInside } from '@palier/domain/places';
import { communeOutline, findCommune } from '@palier/places-data';

/** Where no outline ships, a point may be this many times the commune's own width from its centre, at least `minKm`. */
const reach = { widths: 1.5, minKm: 4 } as const;
const kmPerDegree = 111.195;

/** Whether a point can stand in a commune of today: inside its outline where one ships, else near enough to its centre. False for a code that is no commune, or an arrondissement. */
export const canStandIn = (insee: string, point: { lat: number; lon: number }): boolean => {
  const commune = findCommune(insee);
  if (!commune || commune.parent) return false;
  const outline = communeOutline(insee);
  if (outline) return isInside(outline, point);
  if (commune.lat === null || commune.lon === null) return true;
  const km = Math.hypot(
    (point.lat - commune.lat) * kmPerDegree,
    (point.lon - commune.lon) * kmPerDegree * Math.cos((commune.lat * Math.PI) / 180),
  );
  return km <= Math.max(reach.minKm, reach.widths * Math.sqrt(commune.surfaceAtMostKm2 ?? 100));
};
