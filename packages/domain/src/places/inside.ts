import type { Point } from './schemas.ts';

/** An outline as GeoJSON has it: rings of `[lon, lat]`. */
type Outline = { type: 'Polygon' | 'MultiPolygon'; coordinates: number[][][] | number[][][][] };

const isInRing = (ring: readonly number[][], { lat, lon }: Point): boolean => {
  let isIn = false;
  for (let n = 0, before = ring.length - 1; n < ring.length; before = n++) {
    const [x1 = 0, y1 = 0] = ring[n] ?? [];
    const [x2 = 0, y2 = 0] = ring[before] ?? [];
    if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) isIn = !isIn;
  }
  return isIn;
};

/** Whether a point lies inside an outline, holes left out: even-odd rule, ring by ring (Shimrat 1962). */
export const isInside = (outline: Outline, point: Point): boolean => {
  const polygons = (outline.type === 'Polygon' ? [outline.coordinates] : outline.coordinates) as number[][][][];
  return polygons.some(
    ([outer = [], ...holes]) => isInRing(outer, point) && !holes.some((hole) => isInRing(hole, point)),
  );
};
