import { massMin } from './cells.ts';

/** A week that a month overlaps: whether its count is published, and how much of it lies in the month. */
export type WeekPart = { readonly isShown: boolean; readonly count: number };

/** Whether the hidden weeks of a month keep each other: none is hidden, or two at least that hold 13 together in it. */
const keepEachOther = (hiddenWeeks: readonly WeekPart[]): boolean =>
  hiddenWeeks.length === 0 ||
  (hiddenWeeks.length >= 2 && hiddenWeeks.reduce((sum, { count }) => sum + count, 0) >= massMin);

/**
 * Whether a month's sum may be published beside those of its weeks that were: `weeks` are those that overlap it and ended with it or before.
 * What is hidden in it can then be exchanged between its hidden weeks, every published figure keeping its value.
 */
export const mayTellMonth = (weeks: readonly WeekPart[]): boolean =>
  keepEachOther(weeks.filter((week) => !week.isShown));

/**
 * Whether a week that may be published by itself is kept back for the sake of its month: while the weeks hidden in it so far cannot keep each other,
 * this one joins them, so that the month itself need not be hidden. `weeks` are those of the month that ended before.
 */
export const mayTellWeek = (weeks: readonly WeekPart[]): boolean => mayTellMonth(weeks);
