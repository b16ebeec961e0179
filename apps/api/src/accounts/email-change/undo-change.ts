import { ConfirmEmail, emailChangeLife } from '@palier/domain/accounts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { AppError, orAbsent } from '../../errors.ts';
import { mutate } from '../../mutate.ts';
import { hashMailToken } from '../../notifications/index.ts';
import { refusals } from '../../plugins/refusals.ts';
import { record } from '../../record.ts';
import { deleteSessions } from '../password.queries.ts';
import { endChangesSince, lockChangeToUndo, replaceEmail } from './email-changes.queries.ts';

/**
 * Stops a change of address by the link mailed to the old one, or gives the old one back, for 7 days: whatever was changed since is undone too, and every session ends.
 * Codes: `resource.absent` (unknown, used or expired), `email.taken` (somebody else has the old address by now).
 */
export const undoChange = async (ctx: Context<unknown>, input: { token: string }): Promise<void> => {
  const after = new Date(ctx.now.getTime() - emailChangeLife.undoMs);
  await mutate(ctx, async (tx) => {
    const change = orAbsent(await lockChangeToUndo(tx, hashMailToken('undo', input.token), after));
    const { accountId, fromEmail: to, askedAt } = change;
    await endChangesSince(tx, accountId, askedAt, ctx.now);
    const replaced = await replaceEmail(tx, { accountId, from: null, to, now: ctx.now });
    if (replaced === 'taken') throw new AppError('email.taken');
    await deleteSessions(tx, accountId);
    await record(
      tx,
      {
        at: ctx.now,
        actorId: accountId,
        actorRole: 'visitor',
        action: 'email.undo',
        subject: 'account',
        subjectId: accountId,
      },
      [{ kind: 'rights', change: 'sessions', sideA: accountId }],
    );
  });
};

export const undoChangeRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/email/change/undo',
    {
      schema: {
        operationId: 'email.undo',
        tags: ['accounts'],
        body: ConfirmEmail,
        response: { 204: z.null(), ...refusals(404, 409) },
      },
    },
    async (request, reply) => {
      await undoChange(request.visitor(), request.body);
      return reply.code(204).send(null);
    },
  );
};
