import { instantOf, wallClockOf } from '../places/wall-clock.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** At what hour, on the commune's clocks, someone is reminded of the next day; nobody is before 8 nor from 22 on. */
const eveningHour = 18;
const [morningHour, nightHour] = [8, 22];

/** How far ahead of its time a favour may be due a reminder, in ms. */
export const reminderReachMs = 2 * dayMs;

/**
 * When both sides of a favour are reminded of it, once: at 18:00 the day before; two hours before, by day, when they agreed since; null when they agreed less
 * than an hour before that, or when it is then night. `timeZone` is the commune's (IANA).
 */
export const reminderAt = (from: Date, agreedAt: Date, timeZone: string): Date | null => {
  const wall = wallClockOf(from, timeZone);
  const before = new Date(Date.UTC(wall.year, wall.month - 1, wall.day - 1));
  const day = { year: before.getUTCFullYear(), month: before.getUTCMonth() + 1, day: before.getUTCDate() };
  const evening = new Date(instantOf({ ...day, hour: eveningHour, minute: 0, second: 0 }, timeZone));
  if (agreedAt <= evening) return evening;
  const soon = new Date(from.getTime() - 2 * hourMs);
  const { hour } = wallClockOf(soon, timeZone);
  return soon.getTime() - agreedAt.getTime() < hourMs || hour < morningHour || hour >= nightHour ? null : soon;
};
