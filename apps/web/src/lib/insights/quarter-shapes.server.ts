import type { Quarter } from '@palier/domain/insights';
import { Cell, cellBoundary, cellCentre } from '@palier/domain/places';

/** Quarters as one drawing: a path a quarter and where its number stands in it, in a box of `width` by `height`, north up, east and west shortened as the latitude asks. */
export type QuarterShapes = {
  width: number;
  height: number;
  paths: { quarter: string; number: number; d: string; x: number; y: number }[];
};

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
  type Point = { lat: number; lon: number };
  const xOf = ({ lon }: Point): number => Math.round((lon - west) * shortened * scale * 10) / 10;
  const yOf = ({ lat }: Point): number => Math.round((north - lat) * scale * 10) / 10;
  const at = (point: Point): string => `${xOf(point)} ${yOf(point)}`;
  return {
    ...{ width, height: Math.ceil((north - south) * scale) },
    paths: quarters.map(({ id, cells: [first = ''] }, index) => ({
      ...{
        quarter: id,
        number: index + 1,
        x: xOf(cellCentre(Cell.parse(first))),
        y: yOf(cellCentre(Cell.parse(first))),
      },
      d: cells
        .filter((cell) => cell.id === id)
        .map((cell) => `M${cell.corners.map(at).join('L')}Z`)
        .join(''),
    })),
  };
};
