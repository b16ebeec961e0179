import { AskReset } from '@palier/domain/accounts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { isMailWithinLimits } from './mail-limits.ts';
import { findConfirmedAccount } from './password.queries.ts';

/**
 * Has a link mailed by which a forgotten password is replaced, if the address is that of an account and was confirmed.
 * An unknown address, an unconfirmed one and one asked too often do the same work and answer the same: nothing is learnt.
 */
export const askReset = async (ctx: Context<unknown>, input: z.infer<typeof AskReset>): Promise<void> => {
  const email = input.email.normalize('NFC').trim().toLowerCase();
  const isWithinLimits = await isMailWithinLimits(ctx, email);
  const found = await findConfirmedAccount(ctx.db, email);
  const accountId = isWithinLimits ? found?.id : undefined;
  await mutate(ctx, (tx) =>
    record(
      tx,
      {
        at: ctx.now,
        actorId: null,
        actorRole: 'visitor',
        action: 'password.ask',
        subject: 'account',
        ...(accountId && { subjectId: accountId }),
      },
      [{ kind: 'audit', change: accountId ? 'mail.reset' : 'mail.none', ...(accountId && { sideA: accountId }) }],
    ),
  );
};

export const askResetRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/password/reset',
    {
      schema: {
        operationId: 'password.ask',
        tags: ['accounts'],
        body: AskReset,
        response: { 202: z.null(), ...refusals() },
      },
    },
    async (request, reply) => {
      await askReset(request.visitor(), request.body);
      return reply.code(202).send(null);
    },
  );
};
