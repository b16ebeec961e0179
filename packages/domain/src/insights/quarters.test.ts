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

test('the same outline and population give the same quarters', () => {
  expect(quartersOf(square(0.12), 9_000)).toEqual(quartersOf(square(0.12), 9_000));
});

test('a point is in the quarter of its cell, and one beside the outline in the nearest', () => {
  const quarters = quartersOf(square(0.1), 12_000);
  for (const { id, cells } of quarters)
    for (const cell of cells) expect(quarterAt(quarters, cellCentre(Cell.parse(cell)))).toBe(id);
  expect(quarters.map(({ id }) => id)).toContain(quarterAt(quarters, { lat: 45.99, lon: 6.05 }));
  expect(quarterAt([], { lat: 46, lon: 6 })).toBe(null);
});
