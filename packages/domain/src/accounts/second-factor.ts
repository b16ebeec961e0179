import { z } from 'zod';

const minuteMs = 60_000;

/** How long a second factor opens the staff's desk, in ms (reliability.md A7): 12 hours, and 30 minutes without a call. */
export const factorLife = { absoluteMs: 720 * minuteMs, idleMs: 30 * minuteMs } as const;

/** How many recovery codes are given at once, each good for one use. */
export const recoveryCodesGiven = 10;

/** Whether a session in which the factor was given at `factorAt`, and which last served the desk at `factorUsedAt`, still opens it. */
export const isFactorFresh = (session: { factorAt: Date | null; factorUsedAt: Date | null }, now: Date): boolean => {
  const { factorAt, factorUsedAt } = session;
  if (!factorAt) return false;
  const used = Math.max(factorAt.getTime(), factorUsedAt?.getTime() ?? 0);
  return now.getTime() - factorAt.getTime() < factorLife.absoluteMs && now.getTime() - used < factorLife.idleMs;
};

/** A code of six digits from a telephone, or a recovery code; spaces and dashes do not count. */
export const FactorCode = z.strictObject({ code: z.string().min(6).max(40) });

/** Where I stand: whether my roles ask for a second factor, whether I have one, how many recovery codes are left, whether the desk is open to this session. */
export const FactorView = z.strictObject({
  isStaff: z.boolean(),
  isRequired: z.boolean(),
  isEnrolled: z.boolean(),
  recoveryCodesLeft: z.int(),
  isDeskOpen: z.boolean(),
});
export type FactorView = z.infer<typeof FactorView>;

/** What a telephone is given to make codes of: the secret in base 32, the same as an address, and that address as a QR code (modules a side, the dark ones as an SVG path). */
export const FactorSecret = z.strictObject({
  key: z.string(),
  uri: z.string(),
  qr: z.strictObject({ size: z.int(), path: z.string() }),
});
export type FactorSecret = z.infer<typeof FactorSecret>;
