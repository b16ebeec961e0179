import { z } from 'zod';
import { instantOf, wallClockOf } from '../places/wall-clock.ts';
import type { WeatherColour } from '../weather/colours.ts';

/** When in the day a person wishes to be looked in on. */
export const DayPart = z.enum(['morning', 'midday', 'afternoon', 'evening']);
export type DayPart = z.infer<typeof DayPart>;

/** Nobody is rung before this hour of the commune's clocks, nor from `watchDay.until` on. */
export const watchDay = { from: 8, until: 21 } as const;

const hourOf = { morning: 9, midday: 12, afternoon: 15, evening: 18 } as const satisfies Record<DayPart, number>;
/** The two hours of a day in red: the chosen one, and the one six hours from it. */
const hoursInRed = { morning: [9, 15], midday: [12, 18], afternoon: [9, 15], evening: [12, 18] } as const;
const daysBetween = { yellow: 2, orange: 1, red: 1 } as const;

/** One check of a person: its local date (`2026-07-08`) and hour name it, so that it is made once; `dueAt` is when it is due. */
export type CheckTime = { readonly date: string; readonly hour: number; readonly dueAt: Date };

const dayMs = 86_400_000;
const minuteMs = 60_000;
const pad = (n: number): string => String(n).padStart(2, '0');

/** The date that a calendar of the zone (IANA) shows at an instant: `2026-07-08`. */
export const localDateOf = (at: Date, timeZone: string): string => {
  const { year, month, day } = wallClockOf(at, timeZone);
  return `${year}-${pad(month)}-${pad(day)}`;
};

const dateAfter = (date: string, days = 1): string =>
  new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);

/** The instant at which clocks of the zone show this hour of a local date. */
export const atHour = (date: string, hour: number, timeZone: string): Date => {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(instantOf({ year, month, day, hour, minute: 0, second: 0 }, timeZone));
};

/** How far back checks that were not made in their time are made, in ms, after everything stood still. */
export const missedMaxMs = 2 * dayMs;

type Plan = {
  /** The colour in force, and since when it, or the round, is. */
  readonly colour: WeatherColour;
  readonly since: Date;
  readonly part: DayPart;
  readonly timeZone: string;
  /** The checks of this person already made in this round. */
  readonly made: readonly Pick<CheckTime, 'date' | 'hour'>[];
};

/** The colours at which a round makes checks. */
export type PacedColour = keyof typeof daysBetween;

/** When a day's checks end: nobody is rung from then on. */
export const dayEndOf = (date: string, timeZone: string): Date => atHour(date, watchDay.until, timeZone);

const slotsOn = (date: string, { colour, since, part, timeZone }: Omit<Plan, 'made'>): CheckTime[] => {
  if (colour === 'green') return [];
  const hours = colour === 'red' ? hoursInRed[part] : [hourOf[part]];
  return hours
    .map((hour) => ({ date, hour, dueAt: new Date(Math.max(atHour(date, hour, timeZone).getTime(), since.getTime())) }))
    .filter(({ dueAt }) => dueAt < dayEndOf(date, timeZone));
};

/** The checks whose hour has come at `now`, today, for whoever chose this part of the day, whether or not they are made: none in green, two in red. An hour that passed before `since` is due then, unless it is 21:00. */
export const slotsCome = (plan: Omit<Plan, 'made'>, now: Date): CheckTime[] =>
  slotsOn(localDateOf(now, plan.timeZone), plan).filter(({ dueAt }) => dueAt <= now);

/**
 * The checks whose hour came from `madeAt`, when checks were last made, to the minute before `now`, whatever the date: those that nobody made because everything stood still, at the time they were
 * due. Not from before `since`, nor from more than two days ago.
 */
export const slotsMissed = (plan: Omit<Plan, 'made'>, madeAt: Date | null, now: Date): CheckTime[] => {
  const { since, timeZone } = plan;
  const from = new Date(Math.max(since.getTime(), madeAt?.getTime() ?? 0, now.getTime() - missedMaxMs));
  const slots: CheckTime[] = [];
  const last = localDateOf(now, timeZone);
  for (let date = localDateOf(from, timeZone); date <= last; date = dateAfter(date)) slots.push(...slotsOn(date, plan));
  return slots.filter(({ dueAt }) => dueAt >= from && dueAt.getTime() < now.getTime() - minuteMs);
};

/** The dates on which a check already made leaves this date without another: `2026-07-07` and `2026-07-08` for the 8th in yellow, none in orange and red. */
export const datesThatRest = (colour: PacedColour, date: string): string[] =>
  colour === 'yellow' ? Array.from({ length: daysBetween.yellow }, (_, n) => dateAfter(date, -n)) : [];

/**
 * The checks of one person whose time has come at `now`, today, and that are not made yet: none in green, one every two days in yellow, one a day in orange, two a day in red, at the hours the person chose.
 * A colour that rises after an hour has passed makes that check due at once, unless it is 21:00; one that falls makes no more of them, and takes none back.
 */
export const checksToMake = (plan: Plan, now: Date): CheckTime[] => {
  const { colour, timeZone, made } = plan;
  if (colour === 'green') return [];
  const rest = datesThatRest(colour, localDateOf(now, timeZone));
  if (made.some(({ date }) => rest.includes(date))) return [];
  return slotsCome(plan, now).filter(
    ({ date, hour }) => !made.some((each) => each.date === date && each.hour === hour),
  );
};
