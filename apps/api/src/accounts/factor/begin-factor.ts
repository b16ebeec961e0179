import { type FactorSecret, FactorSecret as FactorSecretSchema, WithPassword } from '@palier/domain/accounts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { SignedInContext } from '../../context.ts';
import { AppError, orAbsent } from '../../errors.ts';
import { mutate } from '../../mutate.ts';
import { refusals } from '../../plugins/refusals.ts';
import { qrCodeOf } from '../../qr-code.ts';
import { record } from '../../record.ts';
import { seal } from '../../seal.ts';
import { findMe } from '../accounts.queries.ts';
import { checkPassword } from '../check-password.ts';
import type { Hashing } from '../hashing.ts';
import { factorUri, newFactorKey } from './codes.ts';
import { keepUnconfirmed } from './factor.queries.ts';
import { isOnStaff } from './read-factor.ts';

/**
 * Gives someone on the staff a secret for their telephone; it opens nothing until its first code is typed, and asking again gives another.
 * Codes: `role.required`, `password.wrong`, `rate.limited`, `hashing.busy`, `factor.set`.
 */
export const beginFactor = async (
  ctx: SignedInContext & { hashing: Hashing },
  input: { password: string },
): Promise<FactorSecret> => {
  const { accountId, roles } = ctx.actor;
  if (!isOnStaff(roles)) throw new AppError('role.required');
  await checkPassword(ctx, input.password);
  const { account } = orAbsent(await findMe(ctx.db, accountId, ctx.now));
  const key = newFactorKey();
  await mutate(ctx, async (tx) => {
    const sealedSecret = seal(ctx.keys.factor, accountId, key);
    if (!(await keepUnconfirmed(tx, { accountId, sealedSecret, createdAt: ctx.now }))) throw new AppError('factor.set');
    await record(tx, {
      at: ctx.now,
      actorId: accountId,
      actorRole: 'visitor',
      action: 'factor.begin',
      subject: 'account',
      subjectId: accountId,
    });
  });
  const uri = factorUri(key, account.email, ctx.env.instance.name);
  return { key, uri, qr: qrCodeOf(uri) };
};

export const beginFactorRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/me/second-factor',
    {
      schema: {
        operationId: 'factor.begin',
        tags: ['accounts'],
        body: WithPassword,
        response: { 200: FactorSecretSchema, ...refusals(409) },
      },
    },
    (request) => beginFactor({ ...request.account(), hashing: app.hashing }, request.body),
  );
};
