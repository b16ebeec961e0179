import { ConfirmEmail } from '@palier/domain/accounts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { hashMailToken } from '../notifications/index.ts';
import { record } from '../record.ts';
import { claimConfirmation, claimEmailToken } from './accounts.queries.ts';

/** Confirms the address that a mailed link was sent to; the link works once. Codes: `resource.absent` (unknown, used or expired), `email.confirmed`. */
export const confirmEmail = async (ctx: Context<unknown>, input: { token: string }): Promise<void> => {
  const hash = hashMailToken('confirm', input.token);
  await mutate(ctx, async (tx) => {
    const claimed = await claimEmailToken(tx, hash, ctx.now);
    if (!claimed) throw new AppError('resource.absent');
    if (!(await claimConfirmation(tx, claimed.accountId, claimed.email, ctx.now)))
      throw new AppError('email.confirmed');
    await record(
      tx,
      {
        at: ctx.now,
        actorId: claimed.accountId,
        actorRole: 'visitor',
        action: 'email.confirm',
        subject: 'account',
        subjectId: claimed.accountId,
      },
      [{ kind: 'rights', change: 'profile', sideA: claimed.accountId }],
    );
  });
};

export const confirmEmailRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/email/confirmation',
    { schema: { operationId: 'email.confirm', tags: ['accounts'], body: ConfirmEmail, response: { 204: z.null() } } },
    async (request, reply) => {
      await confirmEmail(request.visitor(), request.body);
      return reply.code(204).send(null);
    },
  );
};
