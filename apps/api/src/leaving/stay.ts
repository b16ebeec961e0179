import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { claimStaying } from './leaving.queries.ts';

/** Keeps the account after all, within its 14 days of grace; what was withdrawn meanwhile stays withdrawn. Keeping what is not leaving changes nothing. */
export const stay = async (ctx: SignedInContext): Promise<void> => {
  const { accountId } = ctx.actor;
  await mutate(ctx, async (tx) => {
    if (!(await claimStaying(tx, accountId))) return;
    await record(
      tx,
      {
        at: ctx.now,
        actorId: accountId,
        actorRole: 'visitor',
        action: 'account.stay',
        subject: 'account',
        subjectId: accountId,
      },
      [{ kind: 'rights', change: 'residence', sideA: accountId }],
    );
  });
};

export const stayRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/me/keep',
    { schema: { operationId: 'me.keep', tags: ['accounts'], response: { 204: z.null(), ...refusals() } } },
    async (request, reply) => {
      await stay(request.account());
      return reply.code(204).send(null);
    },
  );
};
