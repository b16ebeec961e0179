import { FavourView, WithdrawFavour } from '@palier/domain/favours';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { refusals } from '../plugins/refusals.ts';
import { actOnFavour, FavourId, leavePlace } from './act-on-favour.ts';

/** Whoever accepted takes their yes back, with a reason. Codes: `resource.absent`, `role.required`, `favour.closed`. */
export const withdrawFavour = (
  ctx: ResidentContext,
  input: z.infer<typeof WithdrawFavour> & { favourId: string },
): Promise<FavourView> => {
  const { favourId, reason } = input;
  return actOnFavour(ctx, favourId, {
    act: 'withdraw',
    reason,
    perform: (tx, favour, post) => {
      const change = favour.state === 'standby' ? 'stood-down' : 'withdrawn';
      return leavePlace(tx, favour, post, { state: 'withdrawn', reason, change }, ctx.now);
    },
  });
};

export const withdrawFavourRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/favours/:favourId/withdraw',
    {
      config: { mayActFor: true },
      schema: {
        operationId: 'favours.withdraw',
        tags: ['favours'],
        params: FavourId,
        body: WithdrawFavour,
        response: { 200: z.strictObject({ favour: FavourView }), ...refusals(404, 409) },
      },
    },
    async (request) => ({ favour: await withdrawFavour(request.resident(), { ...request.body, ...request.params }) }),
  );
};
