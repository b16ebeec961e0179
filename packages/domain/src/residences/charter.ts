import { z } from 'zod';
import { TypedText } from '../posts/schemas.ts';

/** The charter every residence has until its referent writes its own: its words are in the catalogue, in the reader's language. */
export const standardCharter = { version: 1 } as const;

/** A charter is read in the lift: a few sentences, up to 1,200 characters. Its review is due within two years. */
export const charterLimits = { textMin: 20, textMax: 1200, reviewDaysMax: 731 } as const;

/** A day, `2026-11-22`, real. */
export const Day = z.iso.date();

/** The body of `POST /api/residences/:residenceId/charters`: the next version, and when it is to be read again. */
export const WriteCharter = z.strictObject({
  text: TypedText(charterLimits.textMin, charterLimits.textMax),
  reviewOn: Day,
});
export type WriteCharter = z.infer<typeof WriteCharter>;

/** A residence's charter as it stands: `text` is null for the standard one. */
export const CharterView = z.strictObject({ version: z.int(), text: z.string().nullable(), reviewOn: Day.nullable() });
export type CharterView = z.infer<typeof CharterView>;

/** The body of `POST /api/me/charter`: the version that was read. */
export const SignCharter = z.strictObject({ version: z.int().min(1).max(10_000) });

/** Whether a review day can be kept: after today and within two years. */
export const isReviewDay = (reviewOn: string, now: Date): boolean => {
  const at = Date.parse(`${reviewOn}T12:00:00Z`);
  return at > now.getTime() && at < now.getTime() + charterLimits.reviewDaysMax * 86_400_000;
};
