import { z } from 'zod';
import { wallClockOf } from '../places/wall-clock.ts';
import type { WeatherColour } from '../weather/colours.ts';
import { attemptAt, attemptsMax, leaseMs, ways } from './attempts.ts';
import { watchDay } from './rounds.ts';

const minuteMs = 60_000;

/** How a person is looked for: someone rings at the door, a reader telephones, or another neighbour than the last goes. */
export const Way = z.enum(['bell', 'phone', 'neighbour']);
export type Way = z.infer<typeof Way>;

type Goer = { readonly hasTried: boolean; readonly isReader: boolean; readonly hasOthers: boolean };

/**
 * Whether somebody may make an attempt of this way. A telephone call is a reader's. Another neighbour is another person than whoever tried before (`hasTried`); a reader who did may go only when nobody else
 * could (`hasOthers`: a volunteer nearby or another reader who did not try yet), rather than nobody at all.
 */
export const mayTry = (way: Way, { hasTried, isReader, hasOthers }: Goer): boolean => {
  if (way === 'phone') return isReader;
  return way !== 'neighbour' || !hasTried || (isReader && !hasOthers);
};

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

/** A turn of a check: which of the four ways it is (`nth`, from 0), since when it is its turn, and whether one before it went by without anybody. */
export type Turn = { readonly way: Way; readonly since: Date; readonly nth: number; readonly isIgnored: boolean };

/**
 * Whose turn it is now: that of the next attempt; the ways that are left, late attempts included, share the daytime between the offer and the alarm evenly, so that a telephone nobody takes up holds
 * no neighbour back, and none is passed over.
 */
export const turnAt = (
  { offeredAt, escalatesAt, attempts }: { offeredAt: Date; escalatesAt: Date; attempts: number },
  now: Date,
  timeZone: string,
): Turn => {
  const first = Math.min(attempts, attemptsMax - 1);
  const sinceOf = (nth: number) => attemptAt(offeredAt, escalatesAt, nth - first, timeZone, attemptsMax - first);
  let nth = first;
  while (nth < attemptsMax - 1 && sinceOf(nth + 1) <= now) nth++;
  return { way: ways[nth] ?? 'bell', since: sinceOf(nth), nth, isIgnored: nth > first };
};

/** When a check that nobody answered is offered again: at its next attempt, a quarter of an hour later at the soonest, and never after its escalation. */
export const offeredAgainAt = ({ dueAt, escalatesAt, attempts }: Check, now: Date, timeZone: string): Date => {
  const planned = attemptAt(dueAt, escalatesAt, Math.min(attempts, attemptsMax - 1), timeZone).getTime();
  return new Date(Math.min(escalatesAt.getTime(), Math.max(planned, now.getTime() + gapMs)));
};

/** Until when whoever claims a check holds it: an hour, half an hour in red, never past its escalation. */
export const heldUntil = (colour: WeatherColour, escalatesAt: Date, now: Date): Date =>
  new Date(Math.min(escalatesAt.getTime(), now.getTime() + (colour === 'red' ? leaseMs.red : leaseMs.orange)));
