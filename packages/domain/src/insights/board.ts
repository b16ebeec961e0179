import { type Figure, hidden, shown } from './figures.ts';

const appearsFrom = 15;
const step = 5;

/**
 * What the month's board shows of people (privacy.md, The board): nothing below 15, then a value that moves only when at least 5 more distinct people were added since it.
 * `people` counts from the month's first day; `before` is the value shown until now, null when none was.
 */
export const boardPeople = (people: number, before: number | null): Figure => {
  const now = step * Math.floor(people / step);
  const value = Math.max(before ?? 0, now);
  return value >= appearsFrom ? shown(value, 'people') : hidden('people');
};
