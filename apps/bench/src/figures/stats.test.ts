import { expect, test } from 'vitest';
import { isMet } from './figure.ts';
import { median, quantile } from './stats.ts';

test('a median is the middle of the sorted list', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(median([])).toBeNaN();
});

test('a quantile lies between its neighbours', () => {
  expect(quantile([0, 10], 0.25)).toBe(2.5);
  expect(quantile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0], 0.99)).toBeCloseTo(9.9);
});

test('a bar is met on its own side, the edge included', () => {
  expect(isMet({ seen: 0.6, bar: { atLeast: 0.6 } })).toBe(true);
  expect(isMet({ seen: 0.59, bar: { atLeast: 0.6 } })).toBe(false);
  expect(isMet({ seen: 2.1, bar: { atMost: 2 } })).toBe(false);
  expect(isMet({ seen: 1, bar: null })).toBeNull();
});
