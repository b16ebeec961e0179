import { ExcuseNoShow, FavourView } from '@palier/domain/favours';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { AppError } from '../errors.ts';
import { refusals } from '../plugins/refusals.ts';
import { favourEvent } from '../posts/index.ts';
import { actOnFavour, FavourId, sideOf } from './act-on-favour.ts';
import { claimExcuse } from './favours.queries.ts';

/** Whoever waited in vain excuses it, once: whoever was absent may answer that post again. Codes: `resource.absent`, `role.required`, `favour.closed`. */
export const excuseNoShow = (
  ctx: ResidentContext,
  input: z.infer<typeof ExcuseNoShow> & { favourId: string },
): Promise<FavourView> =>
  actOnFavour(ctx, input.favourId, {
    act: 'excuse',
    reason: input.excuse,
    perform: async (tx, favour, post) => {
      if (!(await claimExcuse(tx, favour.id, input.excuse, ctx.now))) throw new AppError('favour.closed');
      return [favourEvent(favour, post.id, `excused:${sideOf(favour, ctx.actor.residentId)}`)];
    },
  });

export const excuseNoShowRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/favours/:favourId/excuse',
    {
      schema: {
        operationId: 'favours.excuse',
        tags: ['favours'],
        params: FavourId,
        body: ExcuseNoShow,
        response: { 200: z.strictObject({ favour: FavourView }), ...refusals(404, 409) },
      },
    },
    async (request) => ({ favour: await excuseNoShow(request.resident(), { ...request.body, ...request.params }) }),
  );
};
