import type { Transaction } from '@palier/db';
import type { SignedInContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { countAttempt, deleteAttempt } from '../attempts.queries.ts';

/** Codes that one account may try without finding the right one: five in half an hour, whatever sends them. */
const most = { max: 5, windowMs: 1_800_000 } as const;
const keyOf = (accountId: string): string => `factor:${accountId}`;

/** Counts a try before it is looked at, so that many at once are no way round. Code: `rate.limited`. */
export const countTry = async (ctx: SignedInContext): Promise<void> => {
  const tries = await countAttempt(ctx.db, keyOf(ctx.actor.accountId), most.windowMs, ctx.now);
  if (ctx.env.hasRateLimits && tries > most.max)
    throw new AppError('rate.limited', { retryAfterS: most.windowMs / 1000 });
};

/** Forgets the tries of whoever gave the right code. */
export const forgetTries = (tx: Transaction, accountId: string): Promise<void> => deleteAttempt(tx, keyOf(accountId));
