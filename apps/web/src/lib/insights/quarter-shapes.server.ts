import type { Quarter } from '@palier/domain/insights';
import { Cell, cellBoundary } from '@palier/domain/places';

/** Quarters as one drawing: a path a quarter, in a box of `width` by `height`, north up, east and west shortened as the latitude asks. */
export type QuarterShapes = { width: number; height: number; paths: { quarter: string; d: string }[] };

const width = 340;

/** Draws the cells of quarters; null where the commune is one quarter. */
export const shapesOf = (quarters: readonly Quarter[]): QuarterShapes | null => {
  const cells = quarters.flatMap(({ id, cells: own }) =>
    own.map((cell) => ({ id, corners: cellBoundary(Cell.parse(cell)) })),
  );
  const corners = cells.flatMap((cell) => cell.corners);
  if (corners.length === 0) return null;
  const [lats, lons] = [corners.map(({ lat }) => lat), corners.map(({ lon }) => lon)];
  const [north, south, west, east] = [Math.max(...lats), Math.min(...lats), Math.min(...lons), Math.max(...lons)];
  const shortened = Math.cos((((north + south) / 2) * Math.PI) / 180);
  const scale = width / ((east - west) * shortened);
  const at = ({ lat, lon }: { lat: number; lon: number }): string =>
    `${((lon - west) * shortened * scale).toFixed(1)} ${((north - lat) * scale).toFixed(1)}`;
  return {
    ...{ width, height: Math.ceil((north - south) * scale) },
    paths: quarters.map(({ id }) => ({
      quarter: id,
      d: cells
        .filter((cell) => cell.id === id)
        .map((cell) => `M${cell.corners.map(at).join('L')}Z`)
        .join(''),
    })),
  };
};
