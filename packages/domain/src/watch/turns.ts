import { z } from 'zod';
import { wallClockOf } from '../places/wall-clock.ts';
import type { WeatherColour } from '../weather/colours.ts';
import { attemptAt, attemptsMax, leaseMs, ways } from './attempts.ts';
import { watchDay } from './rounds.ts';

const minuteMs = 60_000;

/** How a person is looked for: someone rings at the door, a reader telephones, or another neighbour than the last goes. */
export const Way = z.enum(['bell', 'phone', 'neighbour']);
export type Way = z.infer<typeof Way>;

/** How long nobody is sent again after an attempt that nobody answered, in ms. */
export const gapMs = 15 * minuteMs;

/** How many checks one volunteer holds at a time: no more doors are seen than can be gone to. */
export const heldMax = 3;

type Check = { readonly dueAt: Date; readonly escalatesAt: Date; readonly attempts: number };

/** Whether clocks of the zone are between 8:00 and 21:00, when doors are knocked at. */
export const isWatchTime = (now: Date, timeZone: string): boolean => {
  const { hour } = wallClockOf(now, timeZone);
  return hour >= watchDay.from && hour < watchDay.until;
};

/**
 * The way to look for a person now: that of the next attempt, or of the stretch of time that has come when attempts are late, so that a telephone nobody takes up holds no neighbour back.
 */
export const wayAt = ({ dueAt, escalatesAt, attempts }: Check, now: Date, timeZone: string): Way => {
  let turn = Math.min(attempts, attemptsMax - 1);
  while (turn < attemptsMax - 1 && attemptAt(dueAt, escalatesAt, turn + 1, timeZone) <= now) turn++;
  return ways[turn] ?? 'bell';
};

/** When a check that nobody answered is offered again: at its next attempt, a quarter of an hour later at the soonest, and never after its escalation. */
export const offeredAgainAt = ({ dueAt, escalatesAt, attempts }: Check, now: Date, timeZone: string): Date => {
  const planned = attemptAt(dueAt, escalatesAt, Math.min(attempts, attemptsMax - 1), timeZone).getTime();
  return new Date(Math.min(escalatesAt.getTime(), Math.max(planned, now.getTime() + gapMs)));
};

/** Until when whoever claims a check holds it: an hour, half an hour in red, never past its escalation. */
export const heldUntil = (colour: WeatherColour, escalatesAt: Date, now: Date): Date =>
  new Date(Math.min(escalatesAt.getTime(), now.getTime() + (colour === 'red' ? leaseMs.red : leaseMs.orange)));
