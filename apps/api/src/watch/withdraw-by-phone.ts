import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findStanding } from '../accounts/index.ts';
import type { SignedInContext } from '../context.ts';
import { orAbsent } from '../errors.ts';
import { refusals } from '../plugins/refusals.ts';
import { residenceInCare } from '../residences/index.ts';
import { watching } from './looking.ts';
import { takeOff } from './withdraw-watch.ts';

/**
 * Takes off the watch a resident who asked for it by telephone, for whoever looks after their residence; the person is told on their own account.
 * The answer is the same when they were not on it. Code: `resource.absent`.
 */
export const withdrawByPhone = (ctx: SignedInContext, { residentId }: { residentId: string }): Promise<void> =>
  watching(ctx, 'house', async (tx) => {
    const resident = orAbsent(await findStanding(tx, residentId));
    const { as } = await residenceInCare({ ...ctx, tx }, resident.residenceId);
    const by = { at: ctx.now, actorId: ctx.actor.accountId, actorRole: as, onBehalfOf: residentId };
    await takeOff(tx, { id: residentId, account: resident.accountId }, by);
  });

export const withdrawByPhoneRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/residents/:residentId/watch-withdrawal',
    {
      schema: {
        operationId: 'watch.withdrawByPhone',
        tags: ['watch'],
        params: z.strictObject({ residentId: z.uuid() }),
        response: { 204: z.null(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await withdrawByPhone(request.account(), request.params);
      return reply.code(204).send(null);
    },
  );
};
