import { DeclineFavour, FavourView } from '@palier/domain/favours';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { refusals } from '../plugins/refusals.ts';
import { actOnFavour, FavourId, leavePlace } from './act-on-favour.ts';

/** The post's author declines whoever answered, with a reason. Codes: `resource.absent`, `role.required`, `favour.closed`. */
export const declineFavour = (
  ctx: ResidentContext,
  input: z.infer<typeof DeclineFavour> & { favourId: string },
): Promise<FavourView> => {
  const { favourId, reason } = input;
  return actOnFavour(ctx, favourId, {
    act: 'decline',
    reason,
    perform: (tx, favour, post) =>
      leavePlace(tx, favour, post, { state: 'declined', reason, change: 'declined' }, ctx.now),
  });
};

export const declineFavourRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/favours/:favourId/decline',
    {
      config: { mayActFor: true },
      schema: {
        operationId: 'favours.decline',
        tags: ['favours'],
        params: FavourId,
        body: DeclineFavour,
        response: { 200: z.strictObject({ favour: FavourView }), ...refusals(404, 409) },
      },
    },
    async (request) => ({ favour: await declineFavour(request.resident(), { ...request.body, ...request.params }) }),
  );
};
