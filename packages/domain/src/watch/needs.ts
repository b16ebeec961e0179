import { z } from 'zod';
import type { Locale } from '../accounts/email.ts';
import type { Language } from '../accounts/schemas.ts';
import { allowed, refused, type Verdict } from '../errors.ts';
import type { CheckOutcome } from './check-schemas.ts';

/** How long after a visit a request may be opened for whoever needed something, in ms. */
export const needWithinMs = 24 * 3_600_000;

/** What somebody needs, as whoever visits them says it in one tap: the category of the request too, never a word on health. */
export const Need = z.enum(['errands', 'company', 'other']);
export type Need = z.infer<typeof Need>;

/** The body of `POST /api/watch/attempts/:attemptId/need`: the person said yes, at their door or on the telephone. */
export const TellNeed = z.strictObject({ need: Need, consent: z.literal('spoken') });
export type TellNeed = z.infer<typeof TellNeed>;

/** Whether a request may be opened from a visit: its outcome was that something is needed, in the last 24 h, once. Codes: `resource.absent`, `check.answered` (opened already). */
export const canOpenNeed = (
  visit: { outcome: CheckOutcome | null; answeredAt: Date | null; askedAt: Date | null },
  now: Date,
): Verdict => {
  const isLate = visit.answeredAt === null || now.getTime() - visit.answeredAt.getTime() > needWithinMs;
  if (visit.outcome !== 'needs-something' || isLate) return refused('resource.absent');
  return visit.askedAt === null ? allowed : refused('check.answered');
};

/** The language in which a person's request is titled: theirs where the product speaks it, else French. */
export const titleLocale = (language: Language): Locale => (language === 'en' ? 'en' : 'fr');
