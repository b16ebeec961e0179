import { getResolution, gridDisk, latLngToCell, polygonToCells } from 'h3-js';
import type { Point } from '../places/schemas.ts';
import type { Quarter } from './schemas.ts';

type Outline = { type: 'Polygon' | 'MultiPolygon'; coordinates: number[][][] | number[][][][] };

/** A commune of fewer people is one quarter; a quarter holds this many people at least (privacy.md, Aggregates). */
const communeMin = 2_000;
const quarterMin = 500;

/** Cells of an outline by their centres. */
const cellsIn = (outline: Outline, resolution: number): string[] => {
  const polygons = (outline.type === 'Polygon' ? [outline.coordinates] : outline.coordinates) as number[][][][];
  return [...new Set(polygons.flatMap((polygon) => polygonToCells(polygon, resolution, true)))].sort();
};

/** Grows groups of touching cells from the first free one, each to `size` cells; what is left over joins the group it touches most. */
const grow = (cells: readonly string[], size: number): string[][] => {
  const free = new Set(cells);
  const groups: string[][] = [];
  for (const first of cells) {
    if (!free.has(first)) continue;
    const group: string[] = [];
    const waiting = [first];
    for (let next = waiting.shift(); next !== undefined && group.length < size; next = waiting.shift()) {
      if (!free.delete(next)) continue;
      group.push(next);
      waiting.push(
        ...gridDisk(next, 1)
          .filter((cell) => free.has(cell))
          .sort(),
      );
    }
    groups.push(group);
  }
  const whole = groups.filter((group) => group.length >= size);
  for (const rest of groups.filter((group) => group.length < size)) {
    const around = new Set(rest.flatMap((cell) => gridDisk(cell, 2)));
    const touches = (group: readonly string[]) => group.filter((cell) => around.has(cell)).length;
    const nearest = whole.toSorted((a, b) => touches(b) - touches(a))[0];
    nearest?.push(...rest);
  }
  return whole;
};

/**
 * The quarters of a commune (privacy.md, Aggregates): H3 cells of resolution 7, else 8, merged until each holds 500 people, population spread evenly over the outline.
 * Empty, the commune being one quarter, below 2,000 people or where there would be one only. The same outline and population give the same quarters.
 */
export const quartersOf = (outline: Outline | undefined, population: number | null): Quarter[] => {
  if (!outline || population === null || population < communeMin) return [];
  for (const resolution of [7, 8]) {
    const cells = cellsIn(outline, resolution);
    if (cells.length < 2) continue;
    const size = Math.max(1, Math.ceil((quarterMin * cells.length) / population));
    const groups = grow(cells, size);
    if (groups.length >= 2) return groups.map((group, n) => ({ id: `q${n + 1}`, cells: group.sort() }));
  }
  return [];
};

/** Reads a commune's quarters once, and answers for any number of points as `quarterAt` does for one. */
export const quarterFinder = (quarters: readonly Quarter[]): ((point: Point) => string | null) => {
  const [first] = quarters.flatMap(({ cells }) => cells.slice(0, 1));
  if (first === undefined) return () => null;
  const resolution = getResolution(first);
  const owner = new Map(quarters.flatMap(({ id, cells }) => cells.map((cell) => [cell, id] as const)));
  return ({ lat, lon }) => {
    const home = latLngToCell(lat, lon, resolution);
    for (let rings = 0; rings <= 12; rings++)
      for (const cell of gridDisk(home, rings).sort()) {
        const found = owner.get(cell);
        if (found) return found;
      }
    return quarters[0]?.id ?? null;
  };
};

/** The quarter of a public cell's centre: the one that holds it, else the nearest ring of cells that does; null where the commune is one quarter. */
export const quarterAt = (quarters: readonly Quarter[], point: Point): string | null => quarterFinder(quarters)(point);
