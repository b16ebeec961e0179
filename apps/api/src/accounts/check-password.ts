import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import type { SignedInContext } from '../context.ts';
import { AppError } from '../errors.ts';
import { countAttempt, findAttempts } from './attempts.queries.ts';
import type { Hashing } from './hashing.ts';

/** Wrong passwords allowed where someone signed in is asked again: five in half an hour. */
const failures = { max: 5, windowMs: 1_800_000 } as const;

/** Asks whoever is signed in for their password again. Codes: `password.wrong`, `rate.limited`, `hashing.busy`. */
export const checkPassword = async (ctx: SignedInContext & { hashing: Hashing }, password: string): Promise<void> => {
  const { accounts } = schema;
  const { accountId } = ctx.actor;
  const key = `password:${accountId}`;
  const insist = async (): Promise<void> => {
    if (ctx.env.hasRateLimits && (await findAttempts(ctx.db, key, failures.windowMs, ctx.now)) >= failures.max)
      throw new AppError('rate.limited', { retryAfterS: failures.windowMs / 1000 });
  };
  await insist();
  const [row] = await ctx.db.select({ hash: accounts.passwordHash }).from(accounts).where(eq(accounts.id, accountId));
  if (!(await ctx.hashing.verify(row?.hash || undefined, password))) {
    await countAttempt(ctx.db, key, failures.windowMs, ctx.now);
    throw new AppError('password.wrong');
  }
  await insist();
};
