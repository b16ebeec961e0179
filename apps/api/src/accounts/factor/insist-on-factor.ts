import { isFactorFresh } from '@palier/domain/accounts';
import type { SignedInContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { findFactor, touchSession } from './factor.queries.ts';

/**
 * Refuses the desk to a session that has not given its second factor lately; asked by the gate of the staff's scopes, never ends the session.
 * Codes: `factor.missing` (required and not set up), `factor.required` (set up, and not given for 12 hours, or 30 minutes without use).
 */
export const insistOnFactor = async (ctx: SignedInContext): Promise<void> => {
  const { accountId, sessionHash } = ctx.actor;
  const { factor, session } = await findFactor(ctx.db, accountId, sessionHash);
  if (!factor?.confirmedAt) {
    if (ctx.env.needsStaffTotp) throw new AppError('factor.missing');
    return;
  }
  if (!isFactorFresh(session, ctx.now)) throw new AppError('factor.required');
  await touchSession(ctx.db, sessionHash, ctx.now);
};
