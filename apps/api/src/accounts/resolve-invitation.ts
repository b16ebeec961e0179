import { InvitationView, parseInvitationCode } from '@palier/domain/accounts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { communeName } from '../places/index.ts';
import { addressKey } from '../plugins/rate-limit.ts';
import { countAttempt, findAttempts } from './attempts.queries.ts';
import { findCharter } from './charter.queries.ts';
import type { Hashing } from './hashing.ts';
import { findUsableInvitation, listStairs } from './invitations.queries.ts';

const hourMs = 3_600_000;
const everyone = 'code:*';
/** Wrong codes an hour (reliability.md A5): from one address, and in all before everything pauses. These bounds hold whatever RATE_LIMITS says. */
const wrongCodes = { perAddress: 10, overall: 500 } as const;

/** Refuses while this address, or everyone together, has guessed wrong too often in this hour. */
const insistOnGuesses = async (ctx: Context<unknown>, mine: string): Promise<void> => {
  const [here, everywhere] = await Promise.all([
    findAttempts(ctx.db, mine, hourMs, ctx.now),
    findAttempts(ctx.db, everyone, hourMs, ctx.now),
  ]);
  if (everywhere >= wrongCodes.overall)
    ctx.log.error('wrong invitation codes: over 500 in this hour, entering is paused');
  if (here >= wrongCodes.perAddress || everywhere >= wrongCodes.overall)
    throw new AppError('rate.limited', { retryAfterS: 3600 - (Math.floor(ctx.now.getTime() / 1000) % 3600) });
};

/**
 * The invitation that a typed code opens, or 404 `invitation.absent`: malformed, unknown, wrong, expired, used up and revoked are told apart by nothing.
 * One guess costs one hash at most; only failures count. Code: `rate.limited`.
 */
export const resolveInvitation = async (ctx: Context<unknown> & { hashing: Hashing }, typed: string) => {
  const mine = `code:${addressKey(ctx.ip)}`;
  await insistOnGuesses(ctx, mine);
  const code = parseInvitationCode(typed);
  const found = code ? await findUsableInvitation(ctx.db, code.lookup, ctx.now) : undefined;
  const isRight = await ctx.hashing.verify(found?.secretHash, code?.secret ?? 'not a code');
  if (!found || !isRight) {
    await Promise.all([countAttempt(ctx.db, mine, hourMs, ctx.now), countAttempt(ctx.db, everyone, hourMs, ctx.now)]);
    throw new AppError('invitation.absent');
  }
  await insistOnGuesses(ctx, mine); // again: those tried in the same instant have failed meanwhile
  return found;
};

/** What a code opens: the residence and its stairs, so that whoever enters can choose theirs. */
export const readInvitation = async (
  ctx: Context<unknown> & { hashing: Hashing },
  input: { code: string },
): Promise<z.infer<typeof InvitationView>> => {
  const { residence } = await resolveInvitation(ctx, input.code);
  return {
    residence: { ...residence, communeName: communeName(residence.commune) },
    stairs: await listStairs(ctx.db, residence.id),
    charter: await findCharter(ctx.db, residence.id),
  };
};

export const readInvitationRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/invitations/:code',
    {
      schema: {
        operationId: 'invitations.read',
        tags: ['accounts'],
        params: z.strictObject({ code: z.string().min(1).max(100) }),
        response: { 200: InvitationView },
      },
    },
    (request) => readInvitation({ ...request.visitor(), hashing: app.hashing }, request.params),
  );
};
