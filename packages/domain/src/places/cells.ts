import { cellToBoundary, cellToLatLng, gridDisk, latLngToCell } from 'h3-js';
import type { CellResolution } from './resolution.ts';
import { Cell, type Point } from './schemas.ts';

/** The cell of resolution 6 to 10 that holds an exact point (privacy.md, Places, 2); after it nothing may look at the point. */
export const homeCell = (point: Point, resolution: CellResolution): Cell =>
  Cell.parse(latLngToCell(point.lat, point.lon, resolution));

/**
 * The one cell the world may see: one of the home cell and those that touch it, in the order of their indexes (privacy.md, Places, 3).
 * `digest` is the 32 bytes of HMAC-SHA256(blur secret, residenceId); its first 48 bits choose, with a bias below 2^-45.
 * Throws a RangeError on a digest of another length: a residence without a keyed choice must not be stored.
 */
export const publicCell = (home: Cell, digest: Uint8Array): Cell => {
  if (digest.length !== 32) throw new RangeError('publicCell needs the 32 bytes of an HMAC-SHA256');
  const around = gridDisk(home, 1).sort(); // 7, or 6 around a pentagon
  const drawn = digest.slice(0, 6).reduce((sum, byte) => sum * 256 + byte, 0);
  return Cell.parse(around[drawn % around.length]);
};

/** The centre of a cell, degrees of WGS 84. */
export const cellCentre = (cell: Cell): Point => {
  const [lat, lon] = cellToLatLng(cell);
  return { lat, lon };
};

/** The corners of a cell in order, degrees of WGS 84, the first not repeated; 6, or more where it crosses a face of H3's icosahedron. */
export const cellBoundary = (cell: Cell): Point[] => cellToBoundary(cell).map(([lat, lon]) => ({ lat, lon }));
