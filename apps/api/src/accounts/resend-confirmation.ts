import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { AppError, orAbsent } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { findMe } from './accounts.queries.ts';
import { isMailWithinLimits } from './mail-limits.ts';

/** Mails another confirmation link to my own address. Codes: `email.confirmed`, `rate.limited` (two an hour, five a day). */
export const resendConfirmation = async (ctx: SignedInContext): Promise<void> => {
  const { accountId } = ctx.actor;
  const { account } = orAbsent(await findMe(ctx.db, accountId, ctx.now));
  if (account.emailConfirmedAt) throw new AppError('email.confirmed');
  if (!(await isMailWithinLimits(ctx, account.email))) throw new AppError('rate.limited', { retryAfterS: 3600 });
  await mutate(ctx, (tx) =>
    record(
      tx,
      {
        at: ctx.now,
        actorId: accountId,
        actorRole: ctx.actor.resident ? 'resident' : 'visitor',
        action: 'email.resend',
        subject: 'account',
        subjectId: accountId,
      },
      [{ kind: 'audit', change: 'mail.confirm', sideA: accountId }],
    ),
  );
};

export const resendConfirmationRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/email/confirmation/resend',
    { schema: { operationId: 'email.resend', tags: ['accounts'], response: { 202: z.null(), ...refusals(409) } } },
    async (request, reply) => {
      await resendConfirmation(request.account());
      return reply.code(202).send(null);
    },
  );
};
