import { expect, test } from 'vitest';
import { epochSize, nextEpochHead, resyncOf } from './index.ts';

test('a cursor goes on up to the head, and no further', () => {
  expect([resyncOf(0, 0), resyncOf(0, 5), resyncOf(5, 5), resyncOf(6, 5), resyncOf(1, 0)]).toEqual([
    null,
    null,
    null,
    'future',
    'future',
  ]);
});

test('a restore begins at the next multiple, and makes every older cursor foreign but its own first', () => {
  const head = nextEpochHead(1234);
  expect(head + 1).toBe(epochSize);
  expect([resyncOf(1234, head), resyncOf(head, head), resyncOf(0, head)]).toEqual(['foreign', null, 'foreign']);
  expect([resyncOf(head, head + 7), resyncOf(head - 1, head + 7), resyncOf(1234, head + 7)]).toEqual([
    null,
    'foreign',
    'foreign',
  ]);
  expect(nextEpochHead(head)).toBe(2 * epochSize - 1);
  expect(nextEpochHead(head + 7)).toBe(2 * epochSize - 1);
});
