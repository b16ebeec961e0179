import { z } from 'zod';
import type { Trust } from '../accounts/roles.ts';
import { mayHelp } from '../accounts/trust-steps.ts';
import type { StoredPost } from '../places/disclose.ts';
import { isNeighbourhood } from '../places/distance.ts';
import type { Cell } from '../places/schemas.ts';
import type { Category } from '../posts/categories.ts';
import { nextTellableAt, Ring, ringDelayMinutes, ringsOfAudience, shownCount } from './rings.ts';

/** Who is told in one step of a post's telling: a ring, or whoever saved an interest that it fits. */
export const TellingStep = z.enum([...Ring.options, 'interests']);
export type TellingStep = z.infer<typeof TellingStep>;

/** How many are told at most in one step: few and well chosen; an urgent post asks more at once. */
export const toldPerStep = { calm: 12, urgent: 20 } as const;

const minuteMs = 60_000;
const usualRadiusM = 2000;

/** One step of a post's telling, and from when on it is due. */
export type PlannedStep = { step: TellingStep; dueAt: Date };

/**
 * When each step of a post is due, told from `from` on. A calm post waits nights out in its commune's own time zone, and keeps its delays between rings after them; an urgent
 * one waits for nobody, and those asleep are told later one by one. Offers tell no ring: they match silently, and reach only saved interests.
 */
export const planSteps = (
  post: Pick<StoredPost, 'kind' | 'audience'>,
  isUrgent: boolean,
  from: Date,
  timeZone: string,
): PlannedStep[] => {
  const delays = ringDelayMinutes[isUrgent ? 'urgent' : 'calm'];
  const tellable = (at: Date) => (isUrgent ? at : nextTellableAt(at, timeZone));
  const steps: PlannedStep[] = [{ step: 'interests', dueAt: tellable(from) }];
  if (post.kind === 'offer') return steps;
  let at = from;
  let before = 0;
  for (const ring of ringsOfAudience(post.audience)) {
    at = tellable(new Date(at.getTime() + (delays[ring] - before) * minuteMs));
    before = delays[ring];
    steps.push({ step: ring, dueAt: at });
  }
  return steps;
};

/**
 * When the rings that wait come after one that was told to its end at `at`: as planned, and never sooner after it than their own delay. A post that was filled for an afternoon, a night that
 * held a ring back or a server that was away so catch up one ring after the other, and do not tell everyone at once. `waiting` in the order of the rings; answers those that move.
 */
export const spaceSteps = (
  waiting: readonly (PlannedStep & { step: Ring })[],
  told: Ring,
  at: Date,
  isUrgent: boolean,
  timeZone: string,
): PlannedStep[] => {
  const delays = ringDelayMinutes[isUrgent ? 'urgent' : 'calm'];
  let [before, from] = [told, at];
  return waiting.flatMap(({ step, dueAt }): PlannedStep[] => {
    const soonest = new Date(from.getTime() + (delays[step] - delays[before]) * minuteMs);
    const spaced = isUrgent ? soonest : nextTellableAt(soonest, timeZone);
    const isSooner = dueAt < spaced;
    [before, from] = [step, isSooner ? spaced : dueAt];
    return isSooner ? [{ step, dueAt: spaced }] : [];
  });
};

/** Someone an asking may be put to: where they live, how far they go, and how well they are known. */
export type Reachable = { cell: string; commune: string; radiusM: number; trust: Trust };

/**
 * Whether a post may be put to someone of this ring: never beyond a distance that they shortened, and never a request that their trust does not let them answer (product.md, Trust in steps).
 * The usual distance shortens nothing (97 % never change a setting): it covers the whole neighbourhood where cells are wide, and one's own commune, whose ring is the last and lies beyond it.
 */
export const isWithinReach = (
  post: { kind: 'request' | 'offer'; category: Category; cell: string; commune: string },
  person: Reachable,
  metres: number,
): boolean => {
  if (post.kind === 'request' && !mayHelp(person.trust, post.category)) return false;
  if (metres <= Math.max(1, person.radiusM)) return true;
  if (person.radiusM < usualRadiusM) return false;
  return post.commune === person.commune || isNeighbourhood(post.cell as Cell, person.cell as Cell);
};

/** Someone of a ring as they stand for an asking: whether an open offer of theirs fits it, how well they fit, and how near they are. */
export type Asked = { isOffering: boolean; score: number; metres: number };

/** Order in which a ring is told: whoever has an open offer that fits before whoever could help, then the better, then the nearer; 0 between equals. */
export const byAsking = (one: Asked, other: Asked): number =>
  Number(other.isOffering) - Number(one.isOffering) || other.score - one.score || one.metres - other.metres;

/**
 * How many were told, as the author may read it: only of finished rings that told at least three each, so that no two readings differ by one neighbour; null when there is none.
 * `atLeast`: a finished ring told fewer than three, be it none, and is left out.
 */
export const shownTold = (
  ofRings: readonly { isDone: boolean; told: number }[],
): { told: number | null; atLeast: boolean } => {
  const counts = ofRings.filter(({ isDone }) => isDone).map(({ told }) => shownCount(told));
  const sum = counts.reduce<number>((total, count) => total + (count ?? 0), 0);
  return { told: sum > 0 ? sum : null, atLeast: sum > 0 && counts.includes(null) };
};
