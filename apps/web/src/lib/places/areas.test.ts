import type { PostCard } from '@palier/domain/posts';
import { getHexagonEdgeLengthAvg, latLngToCell } from 'h3-js';
import { expect, test } from 'vitest';
import { areasOf, widthOfCellM } from './areas.ts';

const at = (cell: string, kind: 'request' | 'offer') =>
  ({ kind, place: { cell, nearness: 'within-500', commune: '01173' } }) as PostCard;

test('posts of one cell make one area, whatever their kind', () => {
  const areas = areasOf([at('a', 'request'), at('b', 'offer'), at('a', 'request'), at('b', 'request')]);
  expect(areas.map(({ cell, count, kind }) => [cell, count, kind])).toEqual([
    ['a', 2, 'request'],
    ['b', 2, 'both'],
  ]);
});

test.each([6, 7, 8, 9, 10])('the width told of a cell of resolution %i is true within a twentieth', (resolution) => {
  const told = widthOfCellM(latLngToCell(46.33, 6.06, resolution));
  const real = Math.sqrt(3) * getHexagonEdgeLengthAvg(resolution, 'm');
  expect(Math.abs(told - real) / real).toBeLessThan(0.05);
});
