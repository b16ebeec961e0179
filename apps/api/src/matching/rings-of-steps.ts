import { type Ring, rings } from '@palier/domain/matching';
import type { RingStep } from './tellings.queries.ts';

type OfRing = RingStep & { step: Ring };
const isRing = (step: RingStep['step']): step is Ring => step !== 'interests';

/** Of a post's steps, those of its rings, nearest first. */
export const ringSteps = (steps: readonly RingStep[]): OfRing[] =>
  steps
    .flatMap((step) => (isRing(step.step) ? [{ ...step, step: step.step }] : []))
    .sort((a, b) => rings.indexOf(a.step) - rings.indexOf(b.step));

/** Those farther than a ring. */
export const ringsAfter = (steps: readonly RingStep[], ring: Ring): OfRing[] =>
  ringSteps(steps).filter(({ step }) => rings.indexOf(step) > rings.indexOf(ring));

/** The widest ring that was told to the end, and the first that waits. */
export const ringsOfSteps = (steps: readonly RingStep[]): { reached: Ring | null; next: OfRing | null } => {
  const inOrder = ringSteps(steps);
  return {
    reached: inOrder.findLast(({ doneAt }) => doneAt !== null)?.step ?? null,
    next: inOrder.find(({ doneAt }) => doneAt === null) ?? null,
  };
};
