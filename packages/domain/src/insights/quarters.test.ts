import { getResolution, gridDisk, polygonToCells } from 'h3-js';
import { expect, test } from 'vitest';
import { cellCentre } from '../places/index.ts';
import { Cell } from '../places/schemas.ts';
import { quarterAt, quartersOf } from './quarters.ts';

const square = (side: number) => ({
  type: 'Polygon' as const,
  coordinates: [
    [
      [6, 46],
      [6 + side, 46],
      [6 + side, 46 + side],
      [6, 46 + side],
      [6, 46],
    ],
  ],
});
const sizes = (side: number, population: number): number[] =>
  quartersOf(square(side), population).map(({ cells }) => cells.length);

test('small communes, and those without an outline, are one quarter', () => {
  expect(quartersOf(undefined, 90_000)).toEqual([]);
  expect(quartersOf(square(0.1), 1_999)).toEqual([]);
  expect(quartersOf(square(0.1), null)).toEqual([]);
});

test('each quarter holds 500 people when they are spread evenly, and every cell is in one quarter', () => {
  for (const population of [2_000, 5_000, 20_000, 400_000]) {
    const quarters = quartersOf(square(0.15), population);
    const cells = quarters.flatMap((quarter) => quarter.cells);
    expect(new Set(cells).size).toBe(cells.length);
    for (const quarter of quarters)
      expect((population * quarter.cells.length) / cells.length).toBeGreaterThanOrEqual(500);
  }
  expect(sizes(0.15, 2_000).length).toBeLessThan(sizes(0.15, 20_000).length);
});

test('quarters hold the outline whole, what is left over joining the quarter it touches', () => {
  const towns = [0.06, 0.1, 0.13, 0.15].flatMap((side) =>
    [2_000, 2_300, 2_600, 3_100, 3_700, 4_300, 5_000, 6_100].map((population) => [side, population] as const),
  );
  for (const [side, population] of towns) {
    const quarters = quartersOf(square(side), population);
    expect(quarters.length).toBeGreaterThanOrEqual(2);
    expect(quarters.map(({ id }) => id)).toEqual(quarters.map((_, n) => `q${n + 1}`));
    const cells = quarters.flatMap((quarter) => quarter.cells);
    const [outer = []] = square(side).coordinates;
    expect(cells.sort()).toEqual(polygonToCells([outer], getResolution(cells[0] ?? ''), true).sort());
    for (const quarter of quarters) {
      expect(quarter.cells).toEqual(quarter.cells.toSorted());
      const [first = ''] = quarter.cells;
      const reached = new Set([first]);
      for (const cell of reached)
        for (const near of gridDisk(cell, 2)) if (quarter.cells.includes(near)) reached.add(near);
      expect(reached.size).toBe(quarter.cells.length);
    }
  }
});

test('wide communes are divided by cells of resolution 7, small ones of 8, and those too small for two not at all', () => {
  const resolutionOf = (side: number, population: number) =>
    quartersOf(square(side), population).map(({ cells: [first = ''] }) => getResolution(first))[0];
  expect([resolutionOf(0.15, 20_000), resolutionOf(0.02, 20_000), resolutionOf(0.002, 20_000)]).toEqual([
    7,
    8,
    undefined,
  ]);
});

test('several islands are divided together', () => {
  const [west, east] = [square(0.05), square(0.1)];
  const both = { type: 'MultiPolygon' as const, coordinates: [west.coordinates, east.coordinates] };
  expect(quartersOf(both, 9_000)).toEqual(quartersOf(east, 9_000)); // the one lies in the other
});

test('the same outline and population give the same quarters', () => {
  expect(quartersOf(square(0.12), 9_000)).toEqual(quartersOf(square(0.12), 9_000));
});

test('a point is in the quarter of its cell, and one beside the outline in the nearest', () => {
  const quarters = quartersOf(square(0.1), 12_000);
  for (const { id, cells } of quarters)
    for (const cell of cells) expect(quarterAt(quarters, cellCentre(Cell.parse(cell)))).toBe(id);
  expect(quarters.map(({ id }) => id)).toContain(quarterAt(quarters, { lat: 45.99, lon: 6.05 }));
  expect(quarterAt(quarters, { lat: 40, lon: 0 })).toBe('q1'); // too far from all of them
  expect(quarterAt([], { lat: 46, lon: 6 })).toBe(null);
});
