import fc from 'fast-check';
import { areNeighborCells, cellArea, cellToCenterChild, getPentagons, gridDisk } from 'h3-js';
import { describe, expect, test } from 'vitest';
import { Cell, cellBoundary, cellCentre, cellResolution, homeCell, publicCell } from './index.ts';

// Population and surface as in the list of communes; where it has no surface, that of the box around the commune.
const places = [
  { name: 'rural (Haut Valromey)', lat: 46.02, lon: 5.68, population: 801, surfaceKm2: 121.54 },
  { name: 'dense (Paris 11e)', lat: 48.86, lon: 2.382, population: 138_170, surfaceKm2: 6.84 },
  { name: 'a town (Gex)', lat: 46.333, lon: 6.058, population: 13_627, surfaceKm2: 31.87 },
  { name: 'coast (Le Conquet)', lat: 48.361, lon: -4.771, population: 2835, surfaceKm2: 8.55 },
  { name: 'Corsica (San-Gavino-di-Tenda)', lat: 42.66, lon: 9.26, population: 64, surfaceKm2: 50.33 },
  { name: 'Réunion (Saint-Denis)', lat: -20.944, lon: 55.444, population: 155_634, surfaceKm2: 141.96 },
  { name: 'Mayotte (Mtsamboro)', lat: -12.676, lon: 45.063, population: 7705, surfaceKm2: 16.1 },
  { name: 'Wallis (surface not known)', lat: -13.285, lon: -176.207, population: 8088, surfaceKm2: null },
];
const place = fc.constantFrom(...places);
const homes = fc.integer({ min: 1, max: 200 });
const digest = fc.uint8Array({ minLength: 32, maxLength: 32 });
const near = (centre: number) => fc.double({ min: centre - 0.01, max: centre + 0.01, noNaN: true });
const residence = fc
  .tuple(place, homes)
  .chain(([at, many]) =>
    fc.record({ at: fc.constant(at), homes: fc.constant(many), lat: near(at.lat), lon: near(at.lon) }),
  );

const home = fc
  .record({ lat: fc.double({ min: -89, max: 89, noNaN: true }), lon: fc.double({ min: -180, max: 180, noNaN: true }) })
  .chain((point) =>
    fc.constantFrom(6, 7, 8, 9, 10).map((resolution) => homeCell(point, resolution as 6 | 7 | 8 | 9 | 10)),
  );

/** Bytes spread like an HMAC's: the domain has no crypto, and fast-check favours extremes. */
const spreadDigests = function* (count: number) {
  let state = 0x9e3779b9;
  for (let made = 0; made < count; made += 1)
    yield Uint8Array.from({ length: 32 }, () => {
      state = Math.imul(state ^ (state >>> 15), 0x85ebca6b) + 0x6d2b79f5;
      return ((state ^ (state >>> 13)) >>> 8) & 255;
    });
};

describe('the public cell', () => {
  test('is the same each time, of the same resolution, and the home cell or one touching it', () => {
    fc.assert(
      fc.property(home, digest, (cell, bytes) => {
        const shown = publicCell(cell, bytes);
        expect(publicCell(cell, Uint8Array.from(bytes))).toBe(shown);
        expect(shown === cell || areNeighborCells(shown, cell)).toBe(true);
      }),
    );
  });

  test('does not change when the residence moves inside its home cell', () => {
    const weights = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(residence, digest, weights, ({ at, homes: many, lat, lon }, bytes, pull) => {
        const resolution = cellResolution({ ...at, homes: many });
        const before = homeCell({ lat, lon }, resolution);
        const { lat: midLat, lon: midLon } = cellCentre(before);
        const total = pull.reduce((sum, each) => sum + each, 0);
        const moved = cellBoundary(before)
          .slice(0, 6)
          .reduce(
            (sum, corner, index) => {
              const share = (0.98 * (pull[index] ?? 0)) / total;
              return { lat: sum.lat + share * (corner.lat - midLat), lon: sum.lon + share * (corner.lon - midLon) };
            },
            { lat: midLat, lon: midLon },
          );
        const after = homeCell(moved, resolution);
        expect(after).toBe(before);
        expect(publicCell(after, bytes)).toBe(publicCell(before, bytes));
      }),
    );
  });

  test('takes each of the seven about as often, so that it tells nothing without the secret', () => {
    const cell = homeCell({ lat: 46.333, lon: 6.058 }, 9);
    const drawn = new Map<string, number>();
    for (const bytes of spreadDigests(7000)) {
      const shown = publicCell(cell, bytes);
      drawn.set(shown, (drawn.get(shown) ?? 0) + 1);
    }
    expect([...drawn.keys()].sort()).toEqual(gridDisk(cell, 1).sort());
    const chiSquare = [...drawn.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(22.5); // 6 degrees of freedom, one chance in a thousand
  });

  test('differs between two deployments for about six residences in seven', () => {
    const cell = homeCell({ lat: 46.333, lon: 6.058 }, 9);
    const digests = [...spreadDigests(2000)];
    const ours = digests.slice(0, 1000).map((bytes) => publicCell(cell, bytes));
    const theirs = digests.slice(1000).map((bytes) => publicCell(cell, bytes));
    const differing = ours.filter((shown, index) => shown !== theirs[index]).length;
    expect(differing).toBeGreaterThan(800);
    expect(differing).toBeLessThan(910);
  });

  test('leaves at least 11 households where the home may be, even with four of the seven cells under water', () => {
    fc.assert(
      fc.property(residence, digest, ({ at, homes: many, lat, lon }, bytes) => {
        const shown = publicCell(homeCell({ lat, lon }, cellResolution({ ...at, homes: many })), bytes);
        const areas = gridDisk(shown, 1)
          .map((cell) => cellArea(cell, 'km2'))
          .sort((a, b) => a - b);
        const perKm2 = at.population / (at.surfaceKm2 ?? 150) / 2.2;
        expect(areas.slice(0, 3).reduce((sum, area) => sum + area * perKm2, 0)).toBeGreaterThanOrEqual(11);
      }),
    );
  });

  test('exists around a pentagon', () => {
    fc.assert(
      fc.property(fc.constantFrom(...[6, 7, 8, 9, 10].flatMap(getPentagons)), digest, (pentagon, bytes) => {
        expect(gridDisk(pentagon, 1)).toContain(publicCell(Cell.parse(pentagon), bytes));
      }),
    );
  });

  test('is chosen by the first 48 bits of the digest alone, in the order of the indexes', () => {
    const home = homeCell({ lat: 46.333, lon: 6.058 }, 9);
    const around = gridDisk(home, 1).sort();
    const drawn = [8, 256, 2 ** 40].map((bits) => {
      const bytes = Uint8Array.from({ length: 32 }, (_, n) => (n < 6 ? Math.floor(bits / 256 ** (5 - n)) % 256 : n));
      return publicCell(home, bytes);
    });
    expect(drawn).toEqual([around[1], around[4], around[2]]); // remainders by seven
  });

  test('refuses a digest that is not an HMAC-SHA256', () => {
    fc.assert(
      fc.property(
        home,
        fc.nat(64).filter((length) => length !== 32),
        (cell, length) => {
          expect(() => publicCell(cell, new Uint8Array(length))).toThrow(
            new RangeError('publicCell needs the 32 bytes of an HMAC-SHA256'),
          );
        },
      ),
      { numRuns: 20 },
    );
  });
});

test('a cell holds its centre, and its corners stand around it', () => {
  fc.assert(
    fc.property(home, (cell) => {
      const centre = cellCentre(cell);
      expect(cellToCenterChild(cell, 11)).toBe(
        cellToCenterChild(homeCell(centre, Number.parseInt(cell.charAt(1), 16) as 6), 11),
      );
      expect(cellBoundary(cell).length).toBeGreaterThanOrEqual(5);
      for (const corner of cellBoundary(cell)) expect(Math.abs(corner.lat - centre.lat)).toBeLessThan(0.06);
    }),
  );
});
