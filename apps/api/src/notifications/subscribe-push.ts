import { isPushEndpoint, pushDevicesMax, SubscribePush } from '@palier/domain/notifications';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { SignedInContext } from '../context.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { pushEntry } from './push-entry.ts';
import { keepDevice } from './pushes.queries.ts';

/** Has one of my devices pushed to; the same one again changes nothing. Code: `request.invalid` for an address that is no known push service's. */
export const subscribePush = async (ctx: SignedInContext, input: SubscribePush): Promise<void> => {
  const { endpoint, keys } = input;
  if (!isPushEndpoint(endpoint, ctx.env.pushHosts))
    throw new AppError('request.invalid', { detail: 'endpoint: no known push service' });
  const { accountId, sessionHash: sessionId } = ctx.actor;
  await mutate(ctx, async (tx) => {
    await keepDevice(
      tx,
      { id: newId(), accountId, sessionId, endpoint, ...keys, createdAt: ctx.now, usedAt: ctx.now },
      pushDevicesMax,
    );
    await record(tx, pushEntry(ctx, 'push.subscribe'));
  });
};

export const subscribePushRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/me/push',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'push.subscribe',
        tags: ['notifications'],
        body: SubscribePush,
        response: { 204: z.null(), ...refusals(409, 422) },
      },
    },
    async (request, reply) => {
      const subscribe = async (ctx: SignedInContext) => {
        await subscribePush(ctx, request.body);
        return null;
      };
      return createOnce(request, reply, request.account(), z.null(), subscribe, { status: 204 });
    },
  );
};
