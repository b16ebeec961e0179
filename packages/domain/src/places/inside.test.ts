import { describe, expect, test } from 'vitest';
import { isInside } from './inside.ts';

const box = (west: number, south: number, east: number, north: number) => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
const polygon = (...rings: number[][][]) => ({ type: 'Polygon' as const, coordinates: rings });
const at = (lon: number, lat: number) => ({ lat, lon });

describe('an outline', () => {
  const gex = polygon(box(6, 46, 7, 47));

  test('holds what lies between its sides, and nothing beyond any of them', () => {
    expect(isInside(gex, at(6.5, 46.5))).toBe(true);
    for (const beyond of [at(5.9, 46.5), at(7.1, 46.5), at(6.5, 45.9), at(6.5, 47.1), at(1, 20), at(6.5, -46.5)])
      expect([beyond, isInside(gex, beyond)]).toEqual([beyond, false]);
  });

  test('has slanting sides: a triangle is half of its box', () => {
    const triangle = polygon([
      [-4, 10],
      [0, 12],
      [4, 10],
      [-4, 10],
    ]);
    expect([at(-2, 10.9), at(-2, 11.1), at(2, 10.9), at(2, 11.1)].map((point) => isInside(triangle, point))).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect([at(0, 11.9), at(0.5, 11.9), at(-3.9, 10.01)].map((point) => isInside(triangle, point))).toEqual([
      true,
      false,
      true,
    ]);
  });

  test('is crossed once at a corner, so that a point level with one is judged like any other', () => {
    const diamond = polygon([
      [0, -1],
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ]);
    expect(
      [at(0, 0), at(-1.5, 0), at(1.5, 0), at(-0.5, 1), at(-0.5, -1)].map((point) => isInside(diamond, point)),
    ).toEqual([true, false, false, false, false]);
  });

  test('a point on the side that two outlines share is in one of them only', () => {
    const east = polygon(box(7, 46, 8, 47));
    expect([isInside(gex, at(7, 46.5)), isInside(east, at(7, 46.5))]).toEqual([false, true]);
  });

  test('has holes, each of them outside', () => {
    const holed = polygon(box(0, 0, 10, 10), box(2, 2, 4, 4), box(6, 6, 8, 8));
    expect([at(3, 3), at(7, 7), at(5, 5), at(11, 5)].map((point) => isInside(holed, point))).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });

  test('may be of several parts, and of none', () => {
    const islands = { type: 'MultiPolygon' as const, coordinates: [[box(0, 0, 1, 1)], [box(5, 5, 6, 6)]] };
    expect([at(0.5, 0.5), at(5.5, 5.5), at(3, 3)].map((point) => isInside(islands, point))).toEqual([
      true,
      true,
      false,
    ]);
    expect(isInside(polygon(), at(0, 0))).toBe(false);
  });
});
