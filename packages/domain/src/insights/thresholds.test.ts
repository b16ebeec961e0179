import { expect, test } from 'vitest';
import { isPublishable, type Tally, tallyOf, tallyOfPeople } from './cells.ts';
import { publishableParts } from './siblings.ts';
import { type AnswerCell, publishableUnanswered } from './unanswered.ts';
import { mayTellMonth } from './weeks-and-months.ts';

const tally = (count: number, people = count, largest = 1): Tally => ({ count, people, largest });

test('a tally is of the fewer people of either side, and of the most that one of them makes', () => {
  const sides = (helper: string, helped: string, weight = 1) => ({ weight, sides: [helper, helped] });
  expect(tallyOf([sides('h', 'a', 5), sides('h', 'b', 2), sides('i', 'a')])).toEqual({
    count: 8,
    people: 2,
    largest: 7,
  });
  expect(tallyOf([sides('h', 'a'), sides('i', 'a'), sides('j', 'a')])).toEqual({ count: 3, people: 1, largest: 3 });
  expect(tallyOf([])).toEqual({ count: 0, people: 0, largest: 0 });
  expect(tallyOfPeople([])).toEqual({ count: 0, people: 0, largest: 0 });
});

test('a sum needs thirteen events of eleven people, none of whom makes over 85 %', () => {
  expect([tally(13, 11), tally(12, 11), tally(13, 10)].map((one) => isPublishable(one, 'events'))).toEqual([
    true,
    false,
    false,
  ]);
  expect([tally(11), tally(10)].map((one) => isPublishable(one, 'people'))).toEqual([true, false]);
  expect([tally(100, 11, 85), tally(100, 11, 86)].map((one) => isPublishable(one, 'events'))).toEqual([true, false]);
});

test('the smallest part shown hides with one that would stand alone, the first of two alike', () => {
  const parts = (...counts: number[]) =>
    publishableParts(
      counts.map((count) => tally(count)),
      'events',
    );
  expect(parts(30, 20, 40)).toEqual([true, true, true]);
  expect(parts(30, 20, 5)).toEqual([true, false, false]);
  expect(parts(20, 20, 5)).toEqual([false, true, false]);
  expect(parts(40, 30, 20, 6, 7)).toEqual([true, true, true, false, false]); // thirteen together keep each other
  expect(parts(40, 30, 20, 6, 6)).toEqual([true, true, false, false, false]);
  expect(parts(5, 4)).toEqual([false, false]);
  expect(publishableParts([tally(30), tally(11), tally(5)], 'people')).toEqual([true, false, false]);
  expect(publishableParts([], 'events')).toEqual([]);
  // much by few people hides, and would be what is missing of the total
  expect(publishableParts([tally(30, 5), tally(40), tally(20)], 'events')).toEqual([false, true, false]);
});

test('the hidden weeks of a month are none, or two that hold thirteen', () => {
  const hidden = (...counts: number[]) => mayTellMonth(counts.map((count) => ({ isShown: false, count })));
  expect([hidden(), hidden(13), hidden(6, 7), hidden(6, 6), hidden(13, 0)]).toEqual([true, false, true, false, true]);
});

const cell = (unanswered: number, answered: number, isShown = true): AnswerCell => ({
  ...{ asked: tally(unanswered + answered), unanswered: tally(unanswered), answered: tally(answered), isShown },
});

test('a category is told of the unanswered when its answered could be told too', () => {
  expect(publishableUnanswered([cell(13, 13), cell(30, 30), cell(30, 30)])).toEqual([true, true, true]);
  expect(publishableUnanswered([cell(13, 12), cell(30, 30), cell(40, 40)])).toEqual([false, false, true]);
  expect(publishableUnanswered([cell(12, 30), cell(30, 30), cell(40, 40)])).toEqual([false, false, true]);
  expect(publishableUnanswered([cell(30, 30, false), cell(30, 30), cell(40, 40)])).toEqual([false, false, true]);
  expect(publishableUnanswered([])).toEqual([]);
});

test('hidden ones stay unknown by ten at least, to whoever knows three; else the smallest is hidden with them, or nothing is told', () => {
  // two whose requests are hidden too: either may be anything of what both hold
  expect(publishableUnanswered([cell(8, 8, false), cell(8, 8, false), cell(40, 40)])).toEqual([false, false, true]);
  expect(publishableUnanswered([cell(6, 6, false), cell(6, 6, false), cell(40, 40)])).toEqual([false, false, false]);
  expect(publishableUnanswered([cell(8, 8, false), cell(5, 5, false), cell(40, 40)])).toEqual([false, false, true]);
  expect(publishableUnanswered([cell(8, 8, false), cell(4, 5, false), cell(40, 40)])).toEqual([false, false, false]);
  expect(publishableUnanswered([cell(8, 8, false), cell(5, 4, false), cell(40, 40)])).toEqual([false, false, false]);
  expect(publishableUnanswered([cell(20, 20, false), cell(4, 4, false), cell(40, 40)])).toEqual([false, false, true]);
  // the requests of the others being known, one may only exchange what it holds itself
  expect(publishableUnanswered([cell(5, 5, false), cell(20, 12), cell(40, 40)])).toBeNull();
  // alone with its requests known, what is hidden is known
  expect(publishableUnanswered([cell(12, 40)])).toBeNull();
  expect(publishableUnanswered([cell(5, 2), cell(2, 5)])).toBeNull();
  // the smallest shown joins it, the first of two alike
  expect(publishableUnanswered([cell(40, 40), cell(30, 40), cell(12, 40)])).toEqual([true, false, false]);
  expect(publishableUnanswered([cell(30, 40), cell(30, 40), cell(12, 40)])).toEqual([false, true, false]);
});
