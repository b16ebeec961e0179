import { atHour, type CheckTime, DayPart, localDateOf, slotsCome, watchDay } from '@palier/domain/watch';
import type { DemoWatched } from '../content/index.ts';
import { daysBefore, timeZone } from './input.ts';

type Slot = CheckTime & { part: DayPart };

const lastOn = (part: DayPart, now: Date): Slot | undefined => {
  const since = daysBefore(now, 10);
  const [slot] = slotsCome({ colour: 'yellow', since, part, timeZone }, now);
  return slot && { ...slot, part };
};

/** When the visit of each part of the day last was at the first start, and whom it was of. */
export const openVisits = (startAt: Date) => {
  const today = localDateOf(startAt, timeZone);
  const endOf = (date: string): Date => new Date(atHour(date, watchDay.until, timeZone).getTime() - 1);
  const dayBefore = (date: string, days: number): string =>
    new Date(Date.parse(date) - days * 86_400_000).toISOString().slice(0, 10);
  const slots = DayPart.options
    .flatMap((part) => lastOn(part, startAt) ?? lastOn(part, endOf(dayBefore(today, 1))) ?? [])
    .sort((a, b) => b.dueAt.getTime() - a.dueAt.getTime());
  const [latest, earlier] = slots;
  const partOf = ({ part }: Pick<DemoWatched, 'part'>): DayPart => {
    if (part === 'latest') return latest?.part ?? 'morning';
    return part === 'earlier' ? (earlier?.part ?? 'morning') : part;
  };
  const slotsOf = (one: DemoWatched): Slot[] => {
    const last = slots.find(({ part }) => part === partOf(one));
    const before = last && lastOn(last.part, endOf(dayBefore(last.date, 2)));
    return last && before ? [before, last] : [];
  };
  return {
    /** The local date of the first start, `2026-11-22`. */
    today,
    partOf,
    /** The last two visits of somebody, two days apart as yellow asks, the older one first. */
    slotsOf,
    /** Whether their last visit was today: in yellow, they were not visited on the round's first day. */
    isLate: (one: DemoWatched): boolean => slotsOf(one).at(-1)?.date === today,
  };
};
export type Visits = ReturnType<typeof openVisits>;
