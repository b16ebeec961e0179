import { z } from 'zod';
import { allowed, refused, type Verdict } from '../errors.ts';
import { isInAudience, nearnessM, type StoredPost, type Viewer } from '../places/disclose.ts';
import { isNeighbourhood } from '../places/distance.ts';
import type { Cell } from '../places/schemas.ts';
import { instantOf, wallClockOf } from '../places/wall-clock.ts';

/** Neighbours at about the same distance, told together (product.md): nearest first. Metres are between public cells, never circles around a home. */
export const Ring = z.enum(['stair', 'residence', 'near-300', 'near-1000', 'near-2000', 'commune']);
export type Ring = z.infer<typeof Ring>;

export const rings: readonly Ring[] = Ring.options;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long after a post opens each ring is told, in minutes: calm posts leave each ring time to answer, urgent ones widen at once. */
export const ringDelayMinutes: Readonly<Record<'calm' | 'urgent', Readonly<Record<Ring, number>>>> = {
  calm: { stair: 0, residence: 10, 'near-300': 30, 'near-1000': 120, 'near-2000': 360, commune: 1440 },
  urgent: { stair: 0, residence: 0, 'near-300': 1, 'near-1000': 3, 'near-2000': 6, commune: 12 },
};

/** How often a resident is asked a day unless they choose otherwise, and the most they may choose. */
export const asksPerDay = { usual: 3, most: 10 } as const;

/** Hours of the night, in the commune's own time zone, when nobody is told but those who opted in for urgent posts. */
export const quietHours = { from: 22, to: 8 } as const;

/** How long without a sign of life before someone is left alone, in ms: 90 days. */
export const inactiveMs = 90 * dayMs;

/** The ring in which a reader stands for a post, or null when its audience does not hold them. */
export const ringOf = (post: StoredPost, viewer: Viewer): Ring | null => {
  if (post.authorId === viewer.residentId || !isInAudience(post, viewer)) return null;
  const metres = nearnessM(post, viewer);
  if (metres <= 1) return metres === 0 ? 'stair' : 'residence';
  if (metres <= 1000) return metres <= 300 ? 'near-300' : 'near-1000';
  // Where cells are wide, the same or a touching one counts as within 2 km (product.md, A request's life 1).
  return isNeighbourhood(post.cell as Cell, viewer.cell as Cell) ? 'near-2000' : 'commune';
};

/** The rings that an audience ever reaches, in order. */
export const ringsOfAudience = (audience: StoredPost['audience']): readonly Ring[] => {
  const reach = { stair: 1, residence: 2, neighbourhood: 5, commune: 6 }[audience];
  return rings.slice(0, reach);
};

/** Whether it is night for the commune's clocks at this instant. */
export const isQuiet = (at: Date, timeZone: string): boolean => {
  const { hour } = wallClockOf(at, timeZone);
  return hour >= quietHours.from || hour < quietHours.to;
};

/** The first instant from `at` on when people of this zone may be told: `at` itself by day, the next 8 o'clock of their wall clock by night. */
export const nextTellableAt = (at: Date, timeZone: string): Date => {
  if (!isQuiet(at, timeZone)) return at;
  const wall = wallClockOf(at, timeZone);
  const morning = new Date(Date.UTC(wall.year, wall.month - 1, wall.day + (wall.hour >= quietHours.from ? 1 : 0)));
  return new Date(
    instantOf(
      {
        year: morning.getUTCFullYear(),
        month: morning.getUTCMonth() + 1,
        day: morning.getUTCDate(),
        hour: quietHours.to,
        minute: 0,
        second: 0,
      },
      timeZone,
    ),
  );
};

/** The day on the wall of a zone, as `2026-11-22`: what daily limits are counted by. */
export const wallDay = (at: Date, timeZone: string): string => {
  const { year, month, day } = wallClockOf(at, timeZone);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
};

/** Someone who might be told of a post: when they were last seen, how often they were told today, and what they chose. */
export type Askable = { lastSeenAt: Date; toldToday: number; asksPerDay: number; wantsUrgentAtNight: boolean };

/** Why someone is not told now. */
export type NotNow = 'inactive' | 'enough-today' | 'night';

/** Whether a person may be told now (product.md, Tell): not the inactive, not beyond their daily number, not at night unless they opted in for urgent posts. */
export const mayTell = (person: Askable, post: { isUrgent: boolean }, now: Date, timeZone: string): NotNow | null => {
  if (now.getTime() - person.lastSeenAt.getTime() > inactiveMs) return 'inactive';
  if (person.toldToday >= person.asksPerDay) return 'enough-today';
  if (isQuiet(now, timeZone) && !(post.isUrgent && person.wantsUrgentAtNight)) return 'night';
  return null;
};

/** Whether the author may widen the asking now: an open post with a ring left. Codes: `post.closed`, `post.widest`. */
export const canWiden = (post: Pick<StoredPost, 'state' | 'audience'>, reached: Ring | null): Verdict => {
  if (post.state !== 'open') return refused('post.closed');
  const reach = ringsOfAudience(post.audience);
  return reached !== null && reach.indexOf(reached) >= reach.length - 1 ? refused('post.widest') : allowed;
};

/** The least number of neighbours that is ever said: below it a count would point at someone (product.md, Neighbours cannot be listed). */
export const leastCount = 3;

/** A count of neighbours as it may be shown, or null below three. */
export const shownCount = (count: number): number | null => (count >= leastCount ? count : null);
