import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPublishable, massMin, type Tally, tallyOf, tallyOfPeople } from './cells.ts';
import { publishableParts } from './siblings.ts';
import { type AnswerCell, publishableUnanswered } from './unanswered.ts';
import { mayTellMonth, mayTellWeek } from './weeks-and-months.ts';

const tally = (count: number, people = count, largest = 1): Tally => ({ count, people, largest });
const events = (people: number, each: number) =>
  Array.from({ length: people }, (_, n) =>
    Array.from({ length: each }, () => ({ weight: 1, sides: [`p${n}`] })),
  ).flat();

test('eleven people are needed, on each side, and no one of over 85 %', () => {
  expect(isPublishable(tallyOfPeople(Array.from({ length: 10 }, (_, n) => `p${n}`)), 'people')).toBe(false);
  expect(isPublishable(tallyOfPeople(Array.from({ length: 11 }, (_, n) => `p${n}`)), 'people')).toBe(true);
  expect(isPublishable(tallyOf(events(10, 50)), 'events')).toBe(false);
  expect(isPublishable(tallyOf(events(11, 2)), 'events')).toBe(true);
  const helpers = Array.from({ length: 30 }, (_, n) => ({ weight: 1, sides: [`h${n}`, `b${n % 10}`] }));
  expect(isPublishable(tallyOf(helpers), 'events')).toBe(false);
  const busy = [...events(11, 1), ...Array.from({ length: 90 }, () => ({ weight: 1, sides: ['p0'] }))];
  expect(isPublishable(tallyOf(busy), 'events')).toBe(false);
});

test('a person counts once, whatever they do', () => {
  expect(tallyOfPeople(['a', 'b', 'a'])).toEqual({ count: 2, people: 2, largest: 1 });
  expect(tallyOf(events(3, 4))).toEqual({ count: 12, people: 3, largest: 4 });
});

test('the hidden parts of a total are none, or two at least that hold thirteen, or all', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(60), { minLength: 2, maxLength: 16 }), (counts) => {
      const parts = counts.map((count) => tally(count));
      const isShown = publishableParts(parts, 'events');
      const hidden = parts.filter((_, n) => !isShown[n]);
      const mass = hidden.reduce((sum, { count }) => sum + count, 0);
      const isSafe = hidden.length === 0 || hidden.length === parts.length || (hidden.length >= 2 && mass >= massMin);
      expect([counts, isSafe]).toEqual([counts, true]);
      for (const [n, part] of parts.entries()) if (isShown[n]) expect(isPublishable(part, 'events')).toBe(true);
    }),
  );
});

test('a month is kept back when one of its weeks alone is hidden, and a week joins a hidden one before it', () => {
  const week = (isShown: boolean, count: number) => ({ isShown, count });
  expect(mayTellMonth([week(true, 20), week(true, 30)])).toBe(true);
  expect(mayTellMonth([week(true, 20), week(false, 9)])).toBe(false);
  expect(mayTellMonth([week(false, 4), week(false, 9)])).toBe(true);
  expect(mayTellMonth([week(false, 4), week(false, 8)])).toBe(false);
  expect([mayTellWeek([week(false, 9)]), mayTellWeek([week(false, 9), week(false, 15)])]).toEqual([false, true]);
});

test('no category of unanswered requests gives those answered back', () => {
  const cell = (unanswered: number, answered: number, isShown = true): AnswerCell => ({
    ...{ asked: tally(unanswered + answered), unanswered: tally(unanswered), answered: tally(answered), isShown },
  });
  expect(publishableUnanswered([cell(20, 5), cell(20, 40), cell(15, 30)])?.[0]).toBe(false);
  expect(publishableUnanswered([cell(13, 1), cell(0, 3)])).toBe(null);
  expect(publishableUnanswered([cell(20, 30), cell(30, 40), cell(15, 30)])).toEqual([true, true, true]);
});
