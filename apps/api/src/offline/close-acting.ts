import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { orAbsent } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { claimClose } from './acting.queries.ts';
import { findOfflineResident } from './offline.queries.ts';
import { ActingId } from './read-acting.ts';

/** Stops acting for a neighbour: what is on its way is done first, nothing after. Also once the role was taken away. Code: `resource.absent` (not mine, or closed already). */
export const closeActing = (ctx: SignedInContext, input: { actingId: string }): Promise<void> =>
  mutate(ctx, async (tx) => {
    const { residentId } = orAbsent(await claimClose(tx, input.actingId, ctx.actor.accountId));
    const neighbour = await findOfflineResident(tx, residentId);
    await record(tx, {
      at: ctx.now,
      actorId: ctx.actor.accountId,
      actorRole: 'referent',
      action: 'acting.close',
      subject: 'acting',
      subjectId: input.actingId,
      onBehalfOf: residentId,
      ...(neighbour && { residenceId: neighbour.residenceId }),
    });
  });

export const closeActingRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/acting-sessions/:actingId/close',
    {
      schema: {
        operationId: 'acting.close',
        tags: ['offline'],
        params: ActingId,
        response: { 204: z.null(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await closeActing(request.account(), request.params);
      return reply.code(204).send(null);
    },
  );
};
