import { instantOf, type WallClock, wallClockOf } from '../places/wall-clock.ts';
import type { RepeatEvery } from './schemas.ts';

const dayMs = 86_400_000;
const mostDates = 400;

/** A window of time: help is wanted from `from` to `to`. */
export type Dates = { from: Date; to: Date };

const nthWall = (wall: WallClock, every: RepeatEvery, n: number): WallClock => {
  if (every !== 'month') {
    const day = new Date(Date.UTC(wall.year, wall.month - 1, wall.day + n * (every === 'week' ? 7 : 14)));
    return { ...wall, year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() };
  }
  const first = new Date(Date.UTC(wall.year, wall.month - 1 + n, 1));
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return { ...wall, year: first.getUTCFullYear(), month: first.getUTCMonth() + 1, day: Math.min(wall.day, lastDay) };
};

/** The nth window of a series (0 is the first), at the same hours of the zone's wall clock; a month without that day ends on its last one. */
const nthDates = (first: Dates, every: RepeatEvery, n: number, timeZone: string): Dates => {
  if (n === 0) return first;
  const lengthMs = first.to.getTime() - first.from.getTime();
  const from =
    instantOf(nthWall(wallClockOf(first.from, timeZone), every, n), timeZone) + (first.from.getTime() % 1000);
  const [start, end] = [first.from, first.to].map((at) => wallClockOf(at, timeZone)) as [WallClock, WallClock];
  const days = Math.round(
    (Date.UTC(end.year, end.month - 1, end.day) - Date.UTC(start.year, start.month - 1, start.day)) / dayMs,
  );
  const shifted = wallClockOf(new Date(from), timeZone);
  const lastDay = new Date(Date.UTC(shifted.year, shifted.month - 1, shifted.day + days));
  const to =
    instantOf(
      { ...end, year: lastDay.getUTCFullYear(), month: lastDay.getUTCMonth() + 1, day: lastDay.getUTCDate() },
      timeZone,
    ) +
    (first.to.getTime() % 1000);
  return { from: new Date(from), to: new Date(to > from ? to : from + lengthMs) };
};

/**
 * The windows of a series that begin after `after` (null: from the first one) and not after `until` or `ahead`, in order: the same wall-clock hours in
 * `timeZone` (IANA) on both sides of a change of clocks, months clipped to their last day. At most 400 dates are looked at.
 */
export const seriesDates = (
  first: Dates,
  every: RepeatEvery,
  timeZone: string,
  bounds: { after: Date | null; until: Date; ahead: Date },
): Dates[] => {
  const dates: Dates[] = [];
  for (let n = 0; n < mostDates; n++) {
    const date = nthDates(first, every, n, timeZone);
    if (date.from > bounds.until || date.from > bounds.ahead) break;
    if (bounds.after === null || date.from > bounds.after) dates.push(date);
  }
  return dates;
};

/** How many dates ahead a series shows, whether they are made or not. */
export const seriesShownMax = 8;

/** The next windows of a series that begin after `now`, in order, at most `seriesShownMax`; empty once `until` is past. */
export const upcomingDates = (
  first: Dates,
  every: RepeatEvery,
  timeZone: string,
  { until, now }: { until: Date; now: Date },
): Dates[] => seriesDates(first, every, timeZone, { after: now, until, ahead: until }).slice(0, seriesShownMax);

/** Whether an instant is when one of the dates of a series begins, to the millisecond. */
export const isSeriesDate = (
  first: Dates,
  every: RepeatEvery,
  timeZone: string,
  { until, from }: { until: Date; from: Date },
): boolean =>
  seriesDates(first, every, timeZone, { after: null, until, ahead: from }).at(-1)?.from.getTime() === from.getTime();
