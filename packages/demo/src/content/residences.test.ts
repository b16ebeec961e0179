import { cellDistanceM, cellResolution, homeCell, publicCell } from '@palier/domain/places';
import { describe, expect, test } from 'vitest';
import { communes } from './communes.ts';
import outlines from './fixtures/outlines.json' with { type: 'json' };
import { residences } from './residences.ts';
import { coordinators, officers, referents } from './staff.ts';

const ring = (insee: string): number[][] => (outlines as Record<string, number[][]>)[insee] ?? [];

const isInside = (insee: string, lon: number, lat: number): boolean => {
  const corners = ring(insee);
  return corners.reduce((inside, [x2 = 0, y2 = 0], index) => {
    const [x1 = 0, y1 = 0] = corners.at(index - 1) ?? [];
    return y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1 ? !inside : inside;
  }, false);
};

const residence = (key: string) => {
  const found = residences.find((one) => one.key === key);
  if (!found) throw new Error(`no residence ${key}`);
  return found;
};

const metresBetween = (a: { lat: number; lon: number }, b: { lat: number; lon: number }): number =>
  Math.hypot((a.lat - b.lat) * 111_195, (a.lon - b.lon) * 111_195 * Math.cos((46.3 * Math.PI) / 180));

describe('the residences of the demo', () => {
  test('are eighteen, with 545 homes, on eight communes, one of six homes and a hamlet without a stair', () => {
    expect(residences).toHaveLength(18);
    expect(residences.reduce((sum, one) => sum + one.homes, 0)).toBe(545);
    expect(new Set(residences.map((one) => one.insee))).toEqual(new Set(communes.map((one) => one.insee)));
    expect(residences.filter((one) => one.homes === 6)).toHaveLength(1);
    expect(residence('thoiry-2').stairs).toEqual([]);
    expect(new Set(residences.map((one) => one.key)).size).toBe(18);
  });

  test.each(residences.map((one) => [one.key, one] as const))('%s lies inside the outline of its commune', (_, one) => {
    expect(ring(one.insee).length).toBeGreaterThan(20);
    expect(isInside(one.insee, one.lon, one.lat)).toBe(true);
    expect(one.address).toContain(communes.find((commune) => commune.insee === one.insee)?.postcode);
  });

  test('gex-2 is the residence nearest to gex-1, 250 to 350 m away', () => {
    const home = residence('gex-1');
    const [nearest] = residences
      .filter((one) => one.key !== home.key)
      .sort((a, b) => metresBetween(home, a) - metresBetween(home, b));
    expect(nearest?.key).toBe('gex-2');
    expect(metresBetween(home, residence('gex-2'))).toBeGreaterThan(250);
    expect(metresBetween(home, residence('gex-2'))).toBeLessThan(350);
  });

  test('the public cells of gex-1 and gex-2 are at most 1 km apart whatever the blur secret', () => {
    const cellsOf = (key: string) => {
      const one = residence(key);
      const resolution = cellResolution({ homes: one.homes, population: 13_627, surfaceKm2: 31.87 });
      expect(resolution).toBe(9);
      return Array.from({ length: 7 }, (_, choice) =>
        publicCell(homeCell(one, resolution), new Uint8Array(32).fill(choice, 5, 6)),
      );
    };
    const distances = cellsOf('gex-1').flatMap((a) => cellsOf('gex-2').map((b) => cellDistanceM(a, b)));
    expect(distances).toHaveLength(49);
    expect(new Set(cellsOf('gex-1')).size).toBe(7);
    expect(Math.max(...distances)).toBeLessThanOrEqual(1000);
  });
});

describe('the staff of the demo', () => {
  test('are two coordinators, six referents who share the residences, one officer a commune', () => {
    expect(coordinators).toHaveLength(2);
    expect(referents.flatMap((one) => one.residences).sort()).toEqual(residences.map((one) => one.key).sort());
    expect(referents).toHaveLength(6);
    expect(referents[0]?.residences).toContain('gex-1');
    expect(officers.map((one) => one.email)).toEqual(communes.map((one) => `officer-${one.insee}@demo.palier.test`));
    expect(officers).toHaveLength(8);
  });
});
