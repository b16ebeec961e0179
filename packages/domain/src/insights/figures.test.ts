import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boardPeople } from './board.ts';
import { roundPeople, roundShare } from './figures.ts';

test('people are published in fives, and 11 to 14 as 15', () => {
  expect([11, 12, 14, 15, 17, 18, 22, 23].map(roundPeople)).toEqual([15, 15, 15, 15, 15, 20, 20, 25]);
});

test('one person more or less moves a published count by 0 or 5', () => {
  fc.assert(
    fc.property(fc.integer({ min: 11, max: 5_000 }), (people) => {
      const step = roundPeople(people + 1) - roundPeople(people);
      expect([0, 5]).toContain(step);
    }),
  );
});

test('a share is a multiple of five from 0 to 100', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 900 }), fc.nat(900), (whole, part) => {
      const share = roundShare(Math.min(part, whole), whole);
      expect([share % 5, share >= 0, share <= 100]).toEqual([0, true, true]);
    }),
  );
});

test('the board shows nothing below 15, moves when five more were added, and never goes back', () => {
  expect(boardPeople(14, null)).toEqual({ value: null, suppressed: true, unit: 'people' });
  fc.assert(
    fc.property(fc.array(fc.nat(60), { minLength: 1 }), (joined) => {
      let before: number | null = null;
      for (const people of joined) {
        const { value } = boardPeople(people, before);
        if (value !== null) {
          expect([value >= 15, value % 5, value >= (before ?? 0)]).toEqual([true, 0, true]);
          if (before !== null && value > before) expect(people - before).toBeGreaterThanOrEqual(5);
        } else expect(before).toBe(null);
        before = value;
      }
    }),
  );
});
