import fc from 'fast-check';
import { cellToParent, getResolution, latLngToCell } from 'h3-js';
import { expect, test } from 'vitest';
import { areaOf, Cell } from './index.ts';

test('cells of every public resolution that hold one another lie in one area, of resolution 5', () => {
  const latitude = fc.double({ min: -22, max: 51, noNaN: true });
  const longitude = fc.double({ min: -63, max: 166, noNaN: true });
  fc.assert(
    fc.property(latitude, longitude, fc.integer({ min: 6, max: 9 }), (lat, lon, resolution) => {
      const fine = latLngToCell(lat, lon, 10);
      const area = areaOf(Cell.parse(fine));
      expect(getResolution(area)).toBe(5);
      expect(areaOf(Cell.parse(cellToParent(fine, resolution)))).toBe(area);
    }),
  );
});

test('Gex and Paris lie in areas of their own', () => {
  expect(areaOf(Cell.parse('891f961802fffff'))).toBe('851f961bfffffff');
  expect(areaOf(Cell.parse('891fb466257ffff'))).toBe('851fb467fffffff');
});
