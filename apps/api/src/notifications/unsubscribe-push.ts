import { UnsubscribePush } from '@palier/domain/notifications';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { mutate } from '../mutate.ts';
import { record } from '../record.ts';
import { pushEntry } from './push-entry.ts';
import { forgetDevice } from './pushes.queries.ts';

/** Pushes no more to one of my devices; one that is not mine, or not known, changes nothing. */
export const unsubscribePush = async (ctx: SignedInContext, { endpoint }: UnsubscribePush): Promise<void> => {
  await mutate(ctx, async (tx) => {
    await forgetDevice(tx, ctx.actor.accountId, endpoint);
    await record(tx, pushEntry(ctx, 'push.unsubscribe'));
  });
};

export const unsubscribePushRoute: FastifyPluginAsyncZod = async (app) => {
  app.delete(
    '/me/push',
    {
      schema: {
        operationId: 'push.unsubscribe',
        tags: ['notifications'],
        body: UnsubscribePush,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await unsubscribePush(request.account(), request.body);
      return reply.code(204).send(null);
    },
  );
};
