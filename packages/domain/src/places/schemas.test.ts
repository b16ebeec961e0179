import fc from 'fast-check';
import { cellToChildren, getPentagons, isValidCell, latLngToCell } from 'h3-js';
import { expect, test } from 'vitest';
import { Cell, CommuneCode, Point } from './index.ts';

const latitude = fc.double({ min: -90, max: 90, noNaN: true });
const longitude = fc.double({ min: -180, max: 180, noNaN: true });

test.each(['01173', '2A004', '2B033', '19272', '75056', '75111', '97411', '97801', '98411', '98613', '98818', '98901'])(
  '%s is a commune code',
  (code) => expect(CommuneCode.safeParse(code).success).toBe(true),
);

test.each([
  '1173',
  '011730',
  '2C004',
  '2a004',
  '20004',
  '00123',
  '96001',
  '97011',
  '98011',
  '98511',
  ' 01173',
  '０1173',
  '',
  1173,
])('%s is no commune code', (code) => expect(CommuneCode.safeParse(code).success).toBe(false));

test('a point stays on Earth', () => {
  fc.assert(fc.property(latitude, longitude, (lat, lon) => Point.safeParse({ lat, lon }).success));
  for (const [lat, lon] of [
    [90.0001, 0],
    [-91, 0],
    [0, 180.0001],
    [0, -180.0001],
    [Number.NaN, 0],
    [0, Infinity],
  ])
    expect(Point.safeParse({ lat, lon }).success).toBe(false);
});

test('every cell of resolution 6 to 10 is one, and of no other resolution', () => {
  fc.assert(
    fc.property(latitude, longitude, fc.integer({ min: 0, max: 15 }), (lat, lon, resolution) => {
      const isUsed = resolution >= 6 && resolution <= 10;
      expect(Cell.safeParse(latLngToCell(lat, lon, resolution)).success).toBe(isUsed);
    }),
  );
});

test('it agrees with H3 on indexes with one digit changed', () => {
  const start = fc.oneof(
    fc.tuple(latitude, longitude, fc.integer({ min: 6, max: 10 })).map(([lat, lon, r]) => latLngToCell(lat, lon, r)),
    fc.constantFrom(...getPentagons(6), ...getPentagons(9)),
    fc.constantFrom(...getPentagons(5).flatMap((cell) => cellToChildren(cell, 6))),
  );
  fc.assert(
    fc.property(
      start,
      fc.integer({ min: 2, max: 14 }),
      fc.constantFrom(...'0123456789abcdef'),
      (cell, place, digit) => {
        const changed = cell.slice(0, place) + digit + cell.slice(place + 1);
        expect(Cell.safeParse(changed).success).toBe(isValidCell(changed));
      },
    ),
    { numRuns: 2000 },
  );
});

test.each(['', '8a1f90', '8A1F9000000FFFF', '8a1f9000000ffffff', 'constructor', 42, null])('%s is no cell', (odd) =>
  expect(Cell.safeParse(odd).success).toBe(false),
);
