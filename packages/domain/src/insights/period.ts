import { z } from 'zod';
import { instantOf, wallClockOf } from '../places/wall-clock.ts';

const dayMs = 86_400_000;

/** A week as ISO 8601 counts them (`2026-W46`) or a month (`2026-11`). */
export const PeriodId = z.string().regex(/^\d{4}-(?:W(?:0[1-9]|[1-4]\d|5[0-3])|0[1-9]|1[0-2])$/);

/** A week or a month; days count from 1 January 1970, `lastDay` included. */
export type Period = {
  readonly id: string;
  readonly kind: 'week' | 'month';
  readonly firstDay: number;
  readonly lastDay: number;
};

const dayOf = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day) / dayMs;
const two = (n: number): string => String(n).padStart(2, '0');
/** 0 on a Monday; day 0 was a Thursday. */
const weekday = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** A day as `2026-11-09`. */
export const dayInDigits = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** The month that holds a day. */
export const monthOf = (day: number): Period => {
  const date = new Date(day * dayMs);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  return {
    id: `${year}-${two(month)}`,
    kind: 'month',
    firstDay: dayOf(year, month, 1),
    lastDay: dayOf(year, month + 1, 1) - 1,
  };
};

/** The week, Monday to Sunday, that holds a day; it belongs to the year of its Thursday (ISO 8601). */
export const weekOf = (day: number): Period => {
  const firstDay = day - weekday(day);
  const year = new Date((firstDay + 3) * dayMs).getUTCFullYear();
  const firstOfYear = dayOf(year, 1, 4) - weekday(dayOf(year, 1, 4));
  return {
    id: `${year}-W${two((firstDay - firstOfYear) / 7 + 1)}`,
    kind: 'week',
    firstDay,
    lastDay: firstDay + 6,
  };
};

/** The period of a name; null for a week 53 that its year does not have, for a year before 100, and for what is no period. */
export const periodOf = (id: string): Period | null => {
  if (!PeriodId.safeParse(id).success) return null;
  const year = Number(id.slice(0, 4));
  const isWeek = id[5] === 'W';
  const period = isWeek
    ? weekOf(dayOf(year, 1, 4) + 7 * (Number(id.slice(6)) - 1))
    : monthOf(dayOf(year, Number(id.slice(5)), 1));
  return period.id === id ? period : null;
};

/** The same period a year before: the same month, or the week of the same number. */
export const yearBefore = ({ id }: Pick<Period, 'id'>): string => `${Number(id.slice(0, 4)) - 1}${id.slice(4)}`;

/** The day that a clock of the zone shows at an instant. */
export const dayAt = (at: Date, timeZone: string): number => {
  const { year, month, day } = wallClockOf(at, timeZone);
  return dayOf(year, month, day);
};

const starts = new Map<string, Map<number, number>>();

/** The instant, in ms, at which a day begins in a time zone; reckoned once for each. */
export const startOfDay = (day: number, timeZone: string): number => {
  const known = starts.get(timeZone) ?? new Map<number, number>();
  const before = known.get(day);
  if (before !== undefined) return before;
  const date = new Date(day * dayMs);
  const start = instantOf(
    {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: 0,
      minute: 0,
      second: 0,
    },
    timeZone,
  );
  starts.set(timeZone, known.set(day, start));
  return start;
};

/** From when to when, in ms, the end not included. */
export type Span = { readonly from: number; readonly to: number };

/** The span of days `firstDay` to `lastDay` in the commune's own time zone. */
export const spanOf = ({ firstDay, lastDay }: Pick<Period, 'firstDay' | 'lastDay'>, timeZone: string): Span => ({
  from: startOfDay(firstDay, timeZone),
  to: startOfDay(lastDay + 1, timeZone),
});

/** Every week and month that ends on or after the day `since` and is over by `today`, in the order in which they end; of two that end together the week comes first. */
export const closedPeriods = (since: number, today: number): readonly Period[] => {
  const periods: Period[] = [];
  for (let day = since; day < today; day++) {
    const [week, month] = [weekOf(day), monthOf(day)];
    if (day === week.lastDay) periods.push(week);
    if (day === month.lastDay) periods.push(month);
  }
  return periods;
};
