import type { WeatherColour } from '../weather/colours.ts';
import { atHour, localDateOf, watchDay } from './rounds.ts';

const hourMs = 3_600_000;

/** How long a person may stay unreached before their readers are called, in ms from the time their check is due. */
export const answerWithinMs = { yellow: 24 * hourMs, orange: 6 * hourMs, red: 3 * hourMs } as const;

/** How long a volunteer holds a check, in ms; then it is offered again. */
export const leaseMs = { yellow: hourMs, orange: hourMs, red: hourMs / 2 } as const;

/** How a person is looked for, attempt after attempt: by different ways. */
export const ways = ['bell', 'phone', 'neighbour', 'bell'] as const;
export const attemptsMax = ways.length;

/** When a check of this colour is escalated if nobody is reached, at night too: quiet hours are for neighbours, not for an alarm. */
export const escalateAt = (dueAt: Date, colour: keyof typeof answerWithinMs): Date =>
  new Date(dueAt.getTime() + answerWithinMs[colour]);

/** The escalation of a check still open when the colour changes at `now`: never later than it was; sooner when the colour rises, at once when its time is already up. */
export const hastened = (current: Date, dueAt: Date, colour: WeatherColour, now: Date): Date => {
  if (colour === 'green') return current;
  const sooner = Math.max(escalateAt(dueAt, colour).getTime(), now.getTime());
  return new Date(Math.min(current.getTime(), sooner));
};

/** The stretches between 8:00 and 21:00, on clocks of the zone, from one instant to another. */
const daytime = (from: Date, until: Date, timeZone: string): [number, number][] => {
  const stretches: [number, number][] = [];
  for (let at = from; localDateOf(at, timeZone) <= localDateOf(until, timeZone); ) {
    const date = localDateOf(at, timeZone);
    const begins = Math.max(atHour(date, watchDay.from, timeZone).getTime(), from.getTime());
    const ends = Math.min(atHour(date, watchDay.until, timeZone).getTime(), until.getTime());
    if (begins < ends) stretches.push([begins, ends]);
    at = new Date(atHour(date, 12, timeZone).getTime() + 24 * hourMs);
  }
  return stretches;
};

/** When the nth (from 0) of `of` attempts is made: spread evenly over the daytime from an instant, at which the first is, to the escalation. */
export const attemptAt = (
  from: Date,
  escalatesAt: Date,
  n: number,
  timeZone: string,
  of: number = attemptsMax,
): Date => {
  const stretches = daytime(from, escalatesAt, timeZone);
  const total = stretches.reduce((sum, [begins, ends]) => sum + ends - begins, 0);
  let left = Math.floor((total * n) / of);
  for (const [begins, ends] of stretches) {
    if (left < ends - begins) return new Date(begins + left);
    left -= ends - begins;
  }
  return from;
};
