import { EditInterest, Interest } from '@palier/domain/matching';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { orAbsent } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { interestEntry, interestView } from './interest-view.ts';
import { claimInterestEdit } from './interests.queries.ts';

export const InterestId = z.strictObject({ interestId: z.uuid() });

/** Pauses, resumes or changes an interest of one's own. Code: `resource.absent`. */
export const editInterest = (ctx: ResidentContext, input: EditInterest & { interestId: string }): Promise<Interest> =>
  mutate(ctx, async (tx) => {
    const { interestId, paused, withinM } = input;
    const change = {
      ...(paused !== undefined && { pausedAt: paused ? ctx.now : null }),
      ...(withinM !== undefined && { withinM }),
    };
    const row = orAbsent(await claimInterestEdit(tx, ctx.actor.residentId, interestId, change));
    await record(tx, interestEntry(ctx, 'interest.edit', interestId));
    return interestView(row);
  });

export const editInterestRoute: FastifyPluginAsyncZod = async (app) => {
  app.patch(
    '/interests/:interestId',
    {
      schema: {
        operationId: 'interests.edit',
        tags: ['matching'],
        params: InterestId,
        body: EditInterest,
        response: { 200: z.strictObject({ interest: Interest }), ...refusals(404) },
      },
    },
    async (request) => ({ interest: await editInterest(request.resident(), { ...request.body, ...request.params }) }),
  );
};
