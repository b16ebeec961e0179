import { PushStanding } from '@palier/domain/notifications';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { SignedInContext } from '../context.ts';
import { refusals } from '../plugins/refusals.ts';
import { listDevices } from './pushes.queries.ts';
import { vapidKeysOf } from './vapid.ts';

/** The key that my browser subscribes with, and how many of my devices are pushed to. */
export const readPush = async (ctx: SignedInContext): Promise<PushStanding> => ({
  publicKey: vapidKeysOf(ctx.env, ctx.keys).publicKey,
  devices: (await listDevices(ctx.db, ctx.actor.accountId)).length,
});

export const readPushRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/me/push',
    { schema: { operationId: 'push.read', tags: ['notifications'], response: { 200: PushStanding, ...refusals() } } },
    (request) => readPush(request.account()),
  );
};
