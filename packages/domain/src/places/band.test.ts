import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bandOf, DistanceBand } from './index.ts';

test('each bound belongs to its band', () => {
  expect([0, 250, 251, 500, 501, 1000, 1001, 2000, 2001, 5000, 5001, 4e7].map(bandOf)).toEqual([
    'within-250',
    'within-250',
    'within-500',
    'within-500',
    'within-1000',
    'within-1000',
    'within-2000',
    'within-2000',
    'within-5000',
    'within-5000',
    'farther',
    'farther',
  ]);
});

test('farther away is never a nearer band', () => {
  const rank = (distanceM: number) => DistanceBand.options.indexOf(bandOf(distanceM));
  fc.assert(fc.property(fc.nat(8000), fc.nat(8000), (a, b) => rank(Math.max(a, b)) >= rank(Math.min(a, b))));
});
