import { nextTellableAt } from '../matching/rings.ts';
import { instantOf, wallClockOf } from '../places/wall-clock.ts';

const hourMs = 3_600_000;
const eveningHour = 20;

/** How long before a meeting its sides are reminded, in ms. */
export const remindedBeforeMs = hourMs;

/**
 * When the sides of a meeting agreed at `agreedAt` are reminded: an hour before; the evening before at 20:00 when that hour falls in the night of the commune (IANA zone), and in the
 * morning when that evening is over. Null when nothing is left to remind of: it is under an hour away, or begins before the night is over.
 */
export const reminderAt = (meetingAt: Date, agreedAt: Date, timeZone: string): Date | null => {
  const wanted = new Date(meetingAt.getTime() - remindedBeforeMs);
  if (wanted <= agreedAt) return null;
  if (nextTellableAt(wanted, timeZone).getTime() === wanted.getTime()) return wanted;
  const wall = wallClockOf(wanted, timeZone);
  const day = new Date(Date.UTC(wall.year, wall.month - 1, wall.day - (wall.hour < eveningHour ? 1 : 0)));
  const evening = new Date(
    instantOf(
      {
        year: day.getUTCFullYear(),
        month: day.getUTCMonth() + 1,
        day: day.getUTCDate(),
        hour: eveningHour,
        minute: 0,
        second: 0,
      },
      timeZone,
    ),
  );
  if (evening > agreedAt) return evening;
  const morning = nextTellableAt(wanted, timeZone);
  return morning < meetingAt ? morning : null;
};
