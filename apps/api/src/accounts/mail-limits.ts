import type { Context } from '../context.ts';
import { hmac } from '../keys.ts';
import { countAttempt } from './attempts.queries.ts';

const hourMs = 3_600_000;

/** Mails that one address may be sent on request (reliability.md A4): two an hour, five a day. */
const mostMails = [
  { windowMs: hourMs, max: 2 },
  { windowMs: 24 * hourMs, max: 5 },
] as const;

/** Counts one more mail asked for an address and answers whether it is within the limits; the counter's name holds a pseudonym of the address. */
export const isMailWithinLimits = async (ctx: Context<unknown>, email: string): Promise<boolean> => {
  const name = hmac(ctx.keys.mail, `mails ${email}`).toString('base64url');
  const counts = await Promise.all(
    mostMails.map(({ windowMs }) => countAttempt(ctx.db, `mails:${windowMs}:${name}`, windowMs, ctx.now)),
  );
  return !ctx.env.hasRateLimits || counts.every((count, n) => count <= (mostMails[n]?.max ?? 0));
};
