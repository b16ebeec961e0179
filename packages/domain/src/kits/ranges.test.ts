import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteRangeOf } from './ranges.ts';

test.each([
  [undefined, 'none'],
  ['', 'none'],
  ['bytes=-', 'none'],
  ['items=0-1', 'none'],
  ['bytes=0-1,4-5', 'none'],
  ['bytes=5-2', 'none'],
  ['bytes=0-', { from: 0, to: 9 }],
  ['bytes=0-99', { from: 0, to: 9 }],
  ['bytes=4-6', { from: 4, to: 6 }],
  ['bytes=-3', { from: 7, to: 9 }],
  ['bytes=-30', { from: 0, to: 9 }],
  ['bytes=-0', 'beyond'],
  ['bytes=10-', 'beyond'],
  ['bytes=10-20', 'beyond'],
] as const)('%s of ten bytes', (header, expected) => {
  expect(byteRangeOf(header, 10)).toEqual(expected);
});

test('a range lies within the document, whatever is asked', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 1e6 }), (first, last, size) => {
      const range = byteRangeOf(`bytes=${first}-${last}`, size);
      if (range === 'none') return last < first;
      if (range === 'beyond') return first >= size;
      return range.from === first && range.from <= range.to && range.to < size && range.to <= last;
    }),
  );
});
