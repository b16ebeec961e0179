import { FactorCode, parseInvitationCode } from '@palier/domain/accounts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { mutate } from '../../mutate.ts';
import { refusals } from '../../plugins/refusals.ts';
import { record } from '../../record.ts';
import { unseal } from '../../seal.ts';
import type { Hashing } from '../hashing.ts';
import { stepOfCode } from './codes.ts';
import { claimRecoveryCode, claimStep, findFactor, findRecoveryCode, stampSession } from './factor.queries.ts';
import { countTry, forgetTries } from './factor-tries.ts';

type GiveContext = SignedInContext & { hashing: Hashing };

/** The recovery code that was typed, if it is one of the account's. */
const findTyped = async (ctx: GiveContext, typed: string): Promise<{ lookup: string } | null> => {
  const parts = parseInvitationCode(typed);
  if (!parts) return null;
  const kept = await findRecoveryCode(ctx.db, ctx.actor.accountId, parts.lookup);
  return (await ctx.hashing.verify(kept?.secretHash, parts.secret)) ? { lookup: parts.lookup } : null;
};

/**
 * Gives the second factor in this session: a code of the telephone, each once, or a recovery code, which is used up. The desk is open for 12 hours, or until 30 minutes go by without a call.
 * Codes: `factor.missing` (none is set up), `factor.wrong` (wrong, or used before), `rate.limited`.
 */
export const giveFactor = async (ctx: GiveContext, input: { code: string }): Promise<void> => {
  const { accountId, sessionHash } = ctx.actor;
  await countTry(ctx);
  const { factor } = await findFactor(ctx.db, accountId, sessionHash);
  if (!factor?.confirmedAt) throw new AppError('factor.missing');
  const key = unseal(ctx.keys.factor, accountId, factor.sealedSecret);
  const step = stepOfCode(key, input.code.replaceAll(/[\s-]/g, ''), ctx.now);
  const recovery = step === null ? await findTyped(ctx, input.code) : null;
  if (step === null && !recovery) throw new AppError('factor.wrong');
  const isGiven = await mutate(ctx, async (tx) => {
    const isClaimed = recovery
      ? await claimRecoveryCode(tx, accountId, recovery.lookup)
      : step !== null && (await claimStep(tx, accountId, step));
    if (!isClaimed) return false;
    await stampSession(tx, sessionHash, ctx.now);
    await forgetTries(tx, accountId);
    await record(tx, {
      at: ctx.now,
      actorId: accountId,
      actorRole: 'visitor',
      action: 'factor.give',
      subject: 'account',
      subjectId: accountId,
      reason: recovery ? 'recovery' : 'code',
    });
    return true;
  });
  if (!isGiven) throw new AppError('factor.wrong');
};

export const giveFactorRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/me/second-factor/check',
    {
      schema: {
        operationId: 'factor.give',
        tags: ['accounts'],
        body: FactorCode,
        response: { 204: z.null(), ...refusals() },
      },
    },
    async (request, reply) => {
      await giveFactor({ ...request.account(), hashing: app.hashing }, request.body);
      return reply.code(204).send(null);
    },
  );
};
