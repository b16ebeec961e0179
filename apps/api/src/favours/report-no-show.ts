import { FavourView, NoShow } from '@palier/domain/favours';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { refusals } from '../plugins/refusals.ts';
import { actOnFavour, FavourId, leavePlace, sideOf } from './act-on-favour.ts';

/** Either side says that nobody came, or that nobody was home. Codes: `resource.absent`, `role.required`, `favour.closed`. */
export const reportNoShow = (
  ctx: ResidentContext,
  input: z.infer<typeof NoShow> & { favourId: string },
): Promise<FavourView> => {
  const { favourId, reason } = input;
  return actOnFavour(ctx, favourId, {
    act: 'no-show',
    reason,
    perform: (tx, favour, post) => {
      const change = `no-show:${sideOf(favour, ctx.actor.residentId)}` as const;
      return leavePlace(tx, favour, post, { state: 'no-show', reason, change }, ctx.now);
    },
  });
};

export const reportNoShowRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/favours/:favourId/no-show',
    {
      config: { mayActFor: true },
      schema: {
        operationId: 'favours.noShow',
        tags: ['favours'],
        params: FavourId,
        body: NoShow,
        response: { 200: z.strictObject({ favour: FavourView }), ...refusals(404, 409) },
      },
    },
    async (request) => ({ favour: await reportNoShow(request.resident(), { ...request.body, ...request.params }) }),
  );
};
