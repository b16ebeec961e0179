import { z } from 'zod';
import { Email } from './email.ts';
import { accountLimits } from './schemas.ts';

/** How long the links of a change of address are good, in ms: 30 minutes to confirm it from the new one (reliability.md A4), 7 days to undo it from the old one. */
export const emailChangeLife = { confirmMs: 1_800_000, undoMs: 7 * 86_400_000 } as const;

/** The body of `POST /api/me/email`: the new address, and the password again. */
export const ChangeEmail = z.strictObject({ email: Email, password: z.string().min(1).max(accountLimits.passwordMax) });
