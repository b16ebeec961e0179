import { insistOnFactor } from '../accounts/factor/insist-on-factor.ts';
import type { SignedInContext } from '../context.ts';

/** The caller; a reader’s second factor is asked for as at their desk, since they see more of a check than a volunteer. Codes: `factor.missing`, `factor.required`. */
export const insistOnWatcher = async (ctx: SignedInContext): Promise<SignedInContext> => {
  if (ctx.actor.roles.some(({ role }) => role === 'reader')) await insistOnFactor(ctx);
  return ctx;
};
