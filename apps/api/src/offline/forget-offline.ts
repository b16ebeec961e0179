import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { orAbsent } from '../errors.ts';
import { forgetResident } from '../leaving/index.ts';
import { reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { residenceInCare } from '../residences/index.ts';
import { findOfflineResident } from './offline.queries.ts';

/**
 * Forgets a neighbour without internet who asked their referent for it: what others wait for ends, and nothing of them is left but an id. At once, since nobody without a screen could
 * use days of grace. Code: `resource.absent`.
 */
export const forgetOffline = async (ctx: SignedInContext, input: { residentId: string }): Promise<void> => {
  const neighbour = orAbsent(await findOfflineResident(reader(ctx), input.residentId));
  const home = await residenceInCare(ctx, neighbour.residenceId);
  await forgetResident(ctx, { actorId: ctx.actor.accountId, actorRole: home.as }, { residentId: neighbour.id });
};

export const forgetOfflineRoute: FastifyPluginAsyncZod = async (app) => {
  app.delete(
    '/offline-residents/:residentId',
    {
      schema: {
        operationId: 'offline.forget',
        tags: ['offline'],
        params: z.strictObject({ residentId: z.uuid() }),
        response: { 204: z.null(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await forgetOffline(request.account(), request.params);
      return reply.code(204).send(null);
    },
  );
};
