import { cellToParent, getHexagonEdgeLengthAvg, getResolution, gridDisk } from 'h3-js';
import { cellCentre } from './cells.ts';
import type { Cell } from './schemas.ts';

const earthRadiusM = 6_371_007.180918475; // H3's own: the sphere of WGS 84's area
const neighbourhoodM = 2000;
const rememberedCells = 20_000;

type Placed = { lat: number; lon: number; cosLat: number; resolution: number; edgeM: number };
const places = new Map<Cell, Placed>();

const placed = (cell: Cell): Placed => {
  const known = places.get(cell);
  if (known) return known;
  const { lat, lon } = cellCentre(cell);
  const resolution = getResolution(cell);
  const edgeM = getHexagonEdgeLengthAvg(resolution, 'm');
  const place = { lat: radians(lat), lon: radians(lon), cosLat: Math.cos(radians(lat)), resolution, edgeM };
  if (places.size >= rememberedCells) places.clear();
  places.set(cell, place);
  return place;
};

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/**
 * Distance in whole metres between two public cells, the only distance there is between residences (privacy.md, Places): great circle between
 * centres (haversine, radius 6,371,007.18 m), never less than the average edge of the larger cell, also from a cell to itself. Symmetric.
 */
export const cellDistanceM = (a: Cell, b: Cell): number => {
  const from = placed(a);
  const to = placed(b);
  const ofLat = Math.sin((to.lat - from.lat) / 2);
  const ofLon = Math.sin((to.lon - from.lon) / 2);
  const chord = ofLat * ofLat + from.cosLat * to.cosLat * (ofLon * ofLon);
  const betweenM = 2 * earthRadiusM * Math.asin(Math.min(1, Math.sqrt(chord)));
  return Math.max(Math.round(betweenM), Math.ceil(Math.max(from.edgeM, to.edgeM)));
};

/**
 * Whether two public cells are the same or touch. Of one resolution: neighbours in the grid. Of two: the finer one, or a neighbour it has at its
 * own resolution, lies in the larger one (as H3's hierarchy has it), so that a small cell just across the border of a large one touches it.
 */
export const isTouching = (a: Cell, b: Cell): boolean => {
  const [wide, fine] = placed(a).resolution <= placed(b).resolution ? [a, b] : [b, a];
  const { resolution } = placed(wide);
  return gridDisk(fine, 1).some((cell) => cellToParent(cell, resolution) === wide);
};

/**
 * Whether two public cells are of one neighbourhood (product.md, Ask): at most 2,000 m apart, or the same or touching. Symmetric, and true of a cell
 * with itself. Touching cells are never four edges apart, so most pairs are settled by distance alone.
 */
export const isNeighbourhood = (a: Cell, b: Cell): boolean => {
  const distanceM = cellDistanceM(a, b);
  if (distanceM <= neighbourhoodM) return true;
  return distanceM <= 4 * Math.max(placed(a).edgeM, placed(b).edgeM) && isTouching(a, b);
};
