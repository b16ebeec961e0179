import fc from 'fast-check';
import { getHexagonEdgeLengthAvg, getResolution, greatCircleDistance, gridDisk } from 'h3-js';
import { describe, expect, test } from 'vitest';
import {
  type Cell,
  type CellResolution,
  cellCentre,
  cellDistanceM,
  homeCell,
  isNeighbourhood,
  isTouching,
} from './index.ts';

const resolution = fc.constantFrom<CellResolution[]>(6, 7, 8, 9, 10);
const anywhere = fc.tuple(
  fc.double({ min: -85, max: 85, noNaN: true }),
  fc.double({ min: -180, max: 180, noNaN: true }),
);
/** Two cells up to about 15 km apart, of any two resolutions. */
const pair = fc
  .record({
    at: anywhere,
    from: resolution,
    to: resolution,
    north: fc.double({ min: -0.1, max: 0.1, noNaN: true }),
    east: fc.double({ min: -0.1, max: 0.1, noNaN: true }),
  })
  .map(({ at: [lat, lon], from, to, north, east }): [Cell, Cell] => {
    const turned = lon + east > 180 ? lon + east - 360 : lon + east < -180 ? lon + east + 360 : lon + east;
    return [homeCell({ lat, lon }, from), homeCell({ lat: lat + north, lon: turned }, to)];
  });
const edgeM = (cell: Cell) => getHexagonEdgeLengthAvg(getResolution(cell), 'm');
const centre = (cell: Cell): [number, number] => [cellCentre(cell).lat, cellCentre(cell).lon];

describe('the distance between cells', () => {
  test('is a whole number, symmetric, never under the edge of the larger cell', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const distanceM = cellDistanceM(a, b);
        expect(Number.isInteger(distanceM)).toBe(true);
        expect(cellDistanceM(b, a)).toBe(distanceM);
        expect(distanceM).toBeGreaterThanOrEqual(Math.max(edgeM(a), edgeM(b)));
        expect(cellDistanceM(a, a)).toBe(Math.ceil(edgeM(a)));
      }),
    );
  });

  test('is the great circle of H3, to the metre', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const floorM = Math.ceil(Math.max(edgeM(a), edgeM(b)));
        const greatM = Math.max(floorM, greatCircleDistance(centre(a), centre(b), 'm'));
        expect(Math.abs(cellDistanceM(a, b) - greatM)).toBeLessThanOrEqual(0.51);
      }),
    );
  });

  test('goes the short way across the antimeridian', () => {
    const wallis = homeCell({ lat: -13.285, lon: -176.207 }, 8);
    const noumea = homeCell({ lat: -22.266, lon: 166.397 }, 9);
    expect(cellDistanceM(wallis, noumea) / 1000).toBeCloseTo(2100, -2);
    const west = homeCell({ lat: -16.5, lon: 179.999 }, 10);
    const east = homeCell({ lat: -16.5, lon: -179.999 }, 10);
    expect(cellDistanceM(west, east)).toBeLessThan(450);
    expect(isNeighbourhood(west, east)).toBe(true);
  });

  test('stays the same when more cells were measured than are remembered', () => {
    const gex = homeCell({ lat: 46.333, lon: 6.058 }, 10);
    const cells = gridDisk(gex, 84).map((cell) => cell as Cell); // 21,421 of them
    const first = cells.slice(0, 50).map((cell) => cellDistanceM(gex, cell));
    for (const cell of cells) cellDistanceM(gex, cell);
    expect(cells.slice(0, 50).map((cell) => cellDistanceM(gex, cell))).toEqual(first);
  });
});

describe('the neighbourhood', () => {
  test('is mutual, holds one’s own cell, all within 2 km and all that touches, and nothing else', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        expect(isNeighbourhood(a, a)).toBe(true);
        expect(isTouching(a, b)).toBe(isTouching(b, a));
        expect(isNeighbourhood(a, b)).toBe(isNeighbourhood(b, a));
        expect(isNeighbourhood(a, b)).toBe(cellDistanceM(a, b) <= 2000 || isTouching(a, b));
      }),
      { numRuns: 500 },
    );
  });

  test('holds the six cells around a wide one, though they are farther than 2 km, and not the next ring', () => {
    fc.assert(
      fc.property(anywhere, fc.constantFrom<CellResolution[]>(6, 7), ([lat, lon], wide) => {
        const mine = homeCell({ lat, lon }, wide);
        const touching = gridDisk(mine, 1).map((cell) => cell as Cell);
        for (const cell of touching) expect(isNeighbourhood(mine, cell)).toBe(true);
        const beyond = gridDisk(mine, 2).filter((cell) => !touching.includes(cell as Cell));
        for (const cell of beyond) expect(isNeighbourhood(mine, cell as Cell)).toBe(false);
      }),
      { numRuns: 50 },
    );
  });

  test('reaches 2,000 m and not a metre more', () => {
    const [gex, atTwoKm] = ['8a1f824ea00ffff', '8a1f824e8677fff'].map((cell) => cell as Cell) as [Cell, Cell];
    expect([cellDistanceM(gex, atTwoKm), isNeighbourhood(gex, atTwoKm)]).toEqual([2000, true]);
    const [here, beyond] = ['8a1f824d94affff', '8a1f824d9a1ffff'].map((cell) => cell as Cell) as [Cell, Cell];
    expect([cellDistanceM(here, beyond), isNeighbourhood(here, beyond)]).toEqual([2001, false]);
  });

  test('holds a small cell inside a wide one, and just across its border, not one at the far side of the next', () => {
    const wide = homeCell({ lat: 46.02, lon: 5.68 }, 6);
    const { lat, lon } = cellCentre(wide);
    const eastM = (metres: number) =>
      homeCell({ lat, lon: lon + metres / (111_195 * Math.cos((lat * Math.PI) / 180)) }, 10);
    let border = 2000;
    while (border < 6000 && homeCell(cellCentre(eastM(border)), 6) === wide) border += 20;
    expect(isNeighbourhood(wide, eastM(border - 100))).toBe(true);
    expect(isTouching(wide, eastM(border + 20))).toBe(true);
    expect(isNeighbourhood(wide, eastM(border + 1000))).toBe(false);
  });
});
