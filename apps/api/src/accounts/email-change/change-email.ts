import { ChangeEmail } from '@palier/domain/accounts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../../context.ts';
import { AppError, orAbsent } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { mutate } from '../../mutate.ts';
import { deriveMailToken, hashMailToken } from '../../notifications/index.ts';
import { refusals } from '../../plugins/refusals.ts';
import { record } from '../../record.ts';
import { findMe } from '../accounts.queries.ts';
import { checkPassword } from '../check-password.ts';
import type { Hashing } from '../hashing.ts';
import { isMailWithinLimits } from '../mail-limits.ts';
import { keepChange } from './email-changes.queries.ts';

/**
 * Asks for another address: a link goes to the new one, and the old one is told, with a link that stops it. Nothing changes until the first is followed.
 * An address that is another account's answers the same and is not written to: nothing is learnt.
 * Codes: `password.wrong`, `rate.limited` (two an hour, five a day), `email.same`, `hashing.busy`.
 */
export const changeEmail = async (
  ctx: SignedInContext & { hashing: Hashing },
  input: z.infer<typeof ChangeEmail>,
): Promise<void> => {
  const { accountId, resident } = ctx.actor;
  await checkPassword(ctx, input.password);
  const { account } = orAbsent(await findMe(ctx.db, accountId, ctx.now));
  if (account.email === input.email) throw new AppError('email.same');
  const isWithin = await Promise.all([`change ${accountId}`, input.email].map((one) => isMailWithinLimits(ctx, one)));
  if (isWithin.includes(false)) throw new AppError('rate.limited', { retryAfterS: 3600 });
  const id = newId();
  const hashFor = (purpose: 'address' | 'undo') => hashMailToken(purpose, deriveMailToken(ctx.keys.mail, purpose, id));
  await mutate(ctx, async (tx) => {
    await keepChange(tx, {
      id,
      accountId,
      fromEmail: account.email,
      toEmail: input.email,
      confirmHash: hashFor('address'),
      undoHash: hashFor('undo'),
      askedAt: ctx.now,
    });
    await record(
      tx,
      {
        at: ctx.now,
        actorId: accountId,
        actorRole: resident ? 'resident' : 'visitor',
        action: 'email.change',
        subject: 'account',
        subjectId: accountId,
      },
      [
        { kind: 'audit', change: 'mail.address.confirm', sideA: accountId },
        ...(account.emailConfirmedAt
          ? [{ kind: 'audit' as const, change: 'mail.address.asked', sideA: accountId }]
          : []),
      ],
    );
  });
};

export const changeEmailRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/me/email',
    {
      schema: {
        operationId: 'email.change',
        tags: ['accounts'],
        body: ChangeEmail,
        response: { 202: z.null(), ...refusals(409) },
      },
    },
    async (request, reply) => {
      await changeEmail({ ...request.account(), hashing: app.hashing }, request.body);
      return reply.code(202).send(null);
    },
  );
};
