import type { ResidenceLine } from '@palier/domain/residences';
import { expect, test } from 'vitest';
import { residenceAreas } from './residence-areas.ts';

const at = (cell: string, name: string, waiting = 0, referents = 1) =>
  ({ cell, name, waiting, referents }) as ResidenceLine;

test('residences of one public cell are one area with their names, marked where something waits or nobody looks after one', () => {
  const areas = residenceAreas([
    at('a', 'Les Lilas'),
    at('b', 'Le Parc', 2),
    at('a', 'Les Roses'),
    at('c', 'Seule', 0, 0),
  ]);
  expect(areas.map(({ cell, count, kind }) => [cell, count, kind])).toEqual([
    ['a', 2, 'both'],
    ['b', 1, 'request'],
    ['c', 1, 'request'],
  ]);
  expect(areas[0]?.label).toBe('Les Lilas, Les Roses');
  expect(areas[1]?.label).toContain('Le Parc');
  expect(areas[1]?.label).not.toBe('Le Parc');
});
