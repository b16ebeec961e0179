import { randomBytes } from 'node:crypto';
import { FactorCode, formatInvitationCode, parseInvitationCode, recoveryCodesGiven } from '@palier/domain/accounts';
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
import { claimConfirmed, findFactor, replaceRecoveryCodes, stampSession } from './factor.queries.ts';
import { countTry, forgetTries } from './factor-tries.ts';
import { isOnStaff } from './read-factor.ts';

/** Codes of 4 characters to find them and 12 of base 32 to prove them, as they are printed and as they are kept. */
const newRecoveryCodes = async (hashing: Hashing) => {
  const byLookup = new Map<string, { code: string; secret: string }>();
  while (byLookup.size < recoveryCodesGiven) {
    const code = formatInvitationCode(randomBytes(16));
    const parts = parseInvitationCode(code);
    if (parts) byLookup.set(parts.lookup, { code, secret: parts.secret });
  }
  const kept = [];
  for (const [lookup, { secret }] of byLookup) kept.push({ lookup, secretHash: await hashing.hash(secret) });
  return { codes: [...byLookup.values()].map(({ code }) => code), kept };
};

/**
 * Sets the second factor up by the first code of the telephone, opens the desk, and answers ten recovery codes that are shown this once.
 * Codes: `role.required`, `factor.missing` (not begun), `factor.set`, `factor.wrong`, `rate.limited`.
 */
export const confirmFactor = async (
  ctx: SignedInContext & { hashing: Hashing },
  input: { code: string },
): Promise<string[]> => {
  const { accountId, sessionHash, roles } = ctx.actor;
  if (!isOnStaff(roles)) throw new AppError('role.required');
  await countTry(ctx);
  const { factor } = await findFactor(ctx.db, accountId, sessionHash);
  if (!factor) throw new AppError('factor.missing');
  if (factor.confirmedAt) throw new AppError('factor.set');
  const key = unseal(ctx.keys.factor, accountId, factor.sealedSecret);
  const step = stepOfCode(key, input.code.replaceAll(/[\s-]/g, ''), ctx.now);
  if (step === null) throw new AppError('factor.wrong');
  const { codes, kept } = await newRecoveryCodes(ctx.hashing);
  await mutate(ctx, async (tx) => {
    if (!(await claimConfirmed(tx, factor, step, ctx.now))) throw new AppError('factor.set');
    await replaceRecoveryCodes(tx, accountId, kept);
    await stampSession(tx, sessionHash, ctx.now);
    await forgetTries(tx, accountId);
    await record(tx, {
      at: ctx.now,
      actorId: accountId,
      actorRole: 'visitor',
      action: 'factor.set',
      subject: 'account',
      subjectId: accountId,
    });
  });
  return codes;
};

export const confirmFactorRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/me/second-factor/confirm',
    {
      schema: {
        operationId: 'factor.confirm',
        tags: ['accounts'],
        body: FactorCode,
        response: { 200: z.strictObject({ recoveryCodes: z.array(z.string()) }), ...refusals(409) },
      },
    },
    async (request) => ({
      recoveryCodes: await confirmFactor({ ...request.account(), hashing: app.hashing }, request.body),
    }),
  );
};
