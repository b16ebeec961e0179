import { z } from 'zod';

/** A check's life (product.md): `closed` once a named person has acknowledged its escalation. */
export const CheckState = z.enum([
  'due',
  'claimed',
  'reached',
  'needs-something',
  'no-answer',
  'emergency-called',
  'escalated',
  'closed',
  'cancelled',
]);
export type CheckState = z.infer<typeof CheckState>;

/** What each state may become; every open one may be `cancelled` (consent withdrawn, away, round closed). */
export const checkTransitions: Readonly<Record<CheckState, readonly CheckState[]>> = {
  due: ['claimed', 'escalated', 'cancelled'],
  claimed: ['due', 'reached', 'needs-something', 'no-answer', 'emergency-called', 'cancelled'],
  'no-answer': ['due', 'escalated', 'cancelled'],
  escalated: ['closed', 'cancelled'],
  reached: [],
  'needs-something': [],
  'emergency-called': [],
  closed: [],
  cancelled: [],
};

/** Whether a check may go from one state to another. */
export const checkCanBecome = (from: CheckState, to: CheckState): boolean => checkTransitions[from].includes(to);
