import { WithPassword } from '@palier/domain/accounts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Context, SignedInContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { mutate } from '../../mutate.ts';
import { refusals } from '../../plugins/refusals.ts';
import { record } from '../../record.ts';
import { checkPassword } from '../check-password.ts';
import type { Hashing } from '../hashing.ts';
import { removeFactor } from './factor.queries.ts';
import { insistOnFactor } from './insist-on-factor.ts';

/** Takes an account's second factor away with its recovery codes, and tells its owner by mail; answers false when it has none. */
export const resetFactor = (
  ctx: Context<unknown>,
  by: { actorId: string | null; actorRole: 'operator' | 'visitor' },
  accountId: string,
): Promise<boolean> =>
  mutate(ctx, async (tx) => {
    if (!(await removeFactor(tx, accountId))) return false;
    await record(tx, { at: ctx.now, ...by, action: 'factor.remove', subject: 'account', subjectId: accountId }, [
      { kind: 'audit', change: 'mail.factor', sideA: accountId },
    ]);
    return true;
  });

/**
 * Takes my own second factor away, to set up another telephone: with the password, and while the desk is open to this session.
 * Codes: `factor.missing`, `factor.required`, `password.wrong`, `rate.limited`, `hashing.busy`.
 */
export const removeMyFactor = async (
  ctx: SignedInContext & { hashing: Hashing },
  input: { password: string },
): Promise<void> => {
  const { accountId } = ctx.actor;
  await insistOnFactor(ctx);
  await checkPassword(ctx, input.password);
  if (!(await resetFactor(ctx, { actorId: accountId, actorRole: 'visitor' }, accountId)))
    throw new AppError('factor.missing');
};

export const removeFactorRoute: FastifyPluginAsyncZod = async (app) => {
  app.delete(
    '/me/second-factor',
    {
      schema: {
        operationId: 'factor.remove',
        tags: ['accounts'],
        body: WithPassword,
        response: { 204: z.null(), ...refusals() },
      },
    },
    async (request, reply) => {
      await removeMyFactor({ ...request.account(), hashing: app.hashing }, request.body);
      return reply.code(204).send(null);
    },
  );
};
