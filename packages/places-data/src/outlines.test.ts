import { expect, test } from 'vitest';
import {
  communeOutline,
  departmentOutline,
  findCommune,
  listCommunes,
  listDepartments,
  type Outline,
} from './index.ts';

const polygons = (outline: Outline) => (outline.type === 'Polygon' ? [outline.coordinates] : outline.coordinates);

/** Even-odd rule over every ring. */
const holds = (outline: Outline, lon: number, lat: number): boolean => {
  let isInside = false;
  for (const ring of polygons(outline).flat())
    for (let at = 1; at < ring.length; at += 1) {
      const [x1 = 0, y1 = 0] = ring[at - 1] ?? [];
      const [x2 = 0, y2 = 0] = ring[at] ?? [];
      if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) isInside = !isInside;
    }
  return isInside;
};

test.each(['01354', '01173', '01160', '01143', '01313', '01419', '01071', '01281'])(
  '%s of Pays de Gex has an outline that holds its centre',
  (insee) => {
    const { lon, lat } = findCommune(insee) ?? {};
    const outline = communeOutline(insee);
    expect(outline && holds(outline, lon ?? 0, lat ?? 0)).toBe(true);
  },
);

test('every commune of the Ain has one, closed, and within degrees of it', () => {
  const communes = listCommunes().filter(({ department }) => department === '01');
  expect(communes.length).toBe(391);
  for (const { insee } of communes) {
    const outline = communeOutline(insee);
    expect(outline, insee).toBeDefined();
    for (const ring of outline ? polygons(outline).flat() : []) {
      expect(ring.length).toBeGreaterThanOrEqual(4);
      expect(ring.at(-1)).toEqual(ring[0]);
      for (const [lon = 0, lat = 0] of ring) expect(lon > 4.7 && lon < 6.2 && lat > 45.6 && lat < 46.6).toBe(true);
    }
  }
});

test('a commune born of a merger has the parts of all that made it, and theirs are gone', () => {
  const valserhone = communeOutline('01033');
  expect(valserhone?.type).toBe('MultiPolygon');
  expect(valserhone?.coordinates).toHaveLength(3);
  expect(valserhone && holds(valserhone, 5.77, 46.13)).toBe(true); // Châtillon-en-Michaille, 01091 until 2018
  expect(communeOutline('01091')).toBeUndefined();
});

test('the departments of the mainland and Corsica have theirs, those overseas do not', () => {
  const without = listDepartments().filter(({ code }) => !departmentOutline(code));
  expect(without).toHaveLength(13);
  expect(without.every(({ code }) => /^9[78]\d$/.test(code))).toBe(true);
  expect(departmentOutline('2A')).toBeDefined();
  const ain = departmentOutline('01');
  expect(ain && holds(ain, 6.049, 46.351)).toBe(true);
});

test('where none ships, or the code is odd, there is none', () => {
  for (const code of ['75056', '97411', '01999', '01', '', 'constructor', '__proto__'])
    expect(communeOutline(code)).toBeUndefined();
  for (const code of ['974', '1', '', 'constructor']) expect(departmentOutline(code)).toBeUndefined();
});
