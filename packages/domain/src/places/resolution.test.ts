import fc from 'fast-check';
import { getHexagonAreaAvg } from 'h3-js';
import { expect, test } from 'vitest';
import { cellResolution, expectedHouseholds } from './index.ts';

const populated = fc.record({
  population: fc.integer({ min: 1, max: 2_500_000 }),
  surfaceKm2: fc.double({ min: 0.1, max: 19_000, noNaN: true }),
});
const homes = fc.integer({ min: 1, max: 900 });
const resolutions = [6, 7, 8, 9, 10] as const;

test.each([
  ['Paris 11e', 138_170, 6.84, 60, 10],
  ['Paris 11e, a residence of 6 homes', 138_170, 6.84, 6, 9],
  ['Gex', 13_627, 31.87, 40, 9],
  ['a residence of 10 homes in Gex', 13_627, 31.87, 10, 8],
  ['a residence of 11 homes in Gex', 13_627, 31.87, 11, 9],
  ['Aulon, where level 8 would hold 49 households', 313, 15.01, 20, 7],
  ['a hamlet of 4 homes', 84, 50.33, 4, 6],
  ['a commune where nobody lives', 0, 12, 20, 6],
])('%s', (_place, population, surfaceKm2, many, expected) => {
  expect(cellResolution({ population, surfaceKm2, homes: many })).toBe(expected);
});

test('a commune whose population or surface is not known gets the coarsest', () => {
  for (const odd of [null, 0, -5, Number.NaN]) {
    expect(expectedHouseholds({ population: odd, surfaceKm2: 10 }, 9)).toBe(0);
    expect(expectedHouseholds({ population: 10_000, surfaceKm2: odd }, 9)).toBe(0);
    expect(cellResolution({ population: odd, surfaceKm2: 10, homes: 50 })).toBe(6);
    expect(cellResolution({ population: 10_000, surfaceKm2: odd, homes: 50 })).toBe(6);
  }
});

test('it is the finest that expects 50 households, and one coarser under 11 homes', () => {
  fc.assert(
    fc.property(populated, homes, (place, many) => {
      const good = resolutions.filter((resolution) => expectedHouseholds(place, resolution) >= 50);
      const finest = good.length === 0 ? 6 : Math.max(...good);
      expect(cellResolution({ ...place, homes: many })).toBe(many >= 11 ? finest : Math.max(6, finest - 1));
    }),
  );
});

test('more people on the same ground never make it coarser', () => {
  fc.assert(
    fc.property(populated, fc.nat(100_000), homes, (place, more, many) => {
      const denser = { ...place, population: place.population + more };
      return cellResolution({ ...denser, homes: many }) >= cellResolution({ ...place, homes: many });
    }),
  );
});

test('households come from 2.2 people each and the average areas of H3', () => {
  for (const resolution of resolutions)
    expect(expectedHouseholds({ population: 2200, surfaceKm2: 1 }, resolution, 1)).toBeCloseTo(
      1000 * getHexagonAreaAvg(resolution, 'km2'),
      4,
    );
});
