import { ConfirmEmail, emailChangeLife } from '@palier/domain/accounts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { AppError, orAbsent } from '../../errors.ts';
import { mutate } from '../../mutate.ts';
import { hashMailToken } from '../../notifications/index.ts';
import { refusals } from '../../plugins/refusals.ts';
import { record } from '../../record.ts';
import { claimChange, replaceEmail } from './email-changes.queries.ts';

/**
 * Changes an account's address by the link mailed to the new one: once, for 30 minutes. Both addresses are told, the old one only if it had been confirmed.
 * Codes: `resource.absent` (unknown, used, expired or stopped), `email.taken`.
 */
export const confirmChange = async (ctx: Context<unknown>, input: { token: string }): Promise<void> => {
  const after = new Date(ctx.now.getTime() - emailChangeLife.confirmMs);
  await mutate(ctx, async (tx) => {
    const change = orAbsent(await claimChange(tx, hashMailToken('address', input.token), after, ctx.now));
    const { accountId, fromEmail: from, toEmail: to } = change;
    const replaced = await replaceEmail(tx, { accountId, from, to, now: ctx.now });
    if (replaced === 'taken') throw new AppError('email.taken');
    const { wasConfirmed } = orAbsent(replaced);
    await record(
      tx,
      {
        at: ctx.now,
        actorId: accountId,
        actorRole: 'visitor',
        action: 'email.replace',
        subject: 'account',
        subjectId: accountId,
      },
      [
        { kind: 'rights', change: 'profile', sideA: accountId },
        { kind: 'audit', change: 'mail.address.welcome', sideA: accountId },
        ...(wasConfirmed ? [{ kind: 'audit' as const, change: 'mail.address.changed', sideA: accountId }] : []),
      ],
    );
  });
};

export const confirmChangeRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/email/change/confirm',
    {
      schema: {
        operationId: 'email.replace',
        tags: ['accounts'],
        body: ConfirmEmail,
        response: { 204: z.null(), ...refusals(404, 409) },
      },
    },
    async (request, reply) => {
      await confirmChange(request.visitor(), request.body);
      return reply.code(204).send(null);
    },
  );
};
