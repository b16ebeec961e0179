import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { AppError } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { InterestId } from './edit-interest.ts';
import { interestEntry } from './interest-view.ts';
import { claimInterestEnd } from './interests.queries.ts';

/** Takes an interest of one's own away. Code: `resource.absent`. */
export const removeInterest = (ctx: ResidentContext, input: { interestId: string }): Promise<void> =>
  mutate(ctx, async (tx) => {
    if (!(await claimInterestEnd(tx, ctx.actor.residentId, input.interestId))) throw new AppError('resource.absent');
    await record(tx, interestEntry(ctx, 'interest.remove', input.interestId));
  });

export const removeInterestRoute: FastifyPluginAsyncZod = async (app) => {
  app.delete(
    '/interests/:interestId',
    {
      schema: {
        operationId: 'interests.remove',
        tags: ['matching'],
        params: InterestId,
        response: { 204: z.null(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await removeInterest(request.resident(), request.params);
      return reply.code(204).send(null);
    },
  );
};
