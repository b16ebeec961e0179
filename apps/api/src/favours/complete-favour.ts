import { CompleteFavour, FavourView } from '@palier/domain/favours';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { AppError } from '../errors.ts';
import { refusals } from '../plugins/refusals.ts';
import { claimDone, claimRelease, favourEvent, postEvent } from '../posts/index.ts';
import { actOnFavour, FavourId, sideOf } from './act-on-favour.ts';
import { claimFavour, releaseHelper } from './favours.queries.ts';

/**
 * Either side says that it is done, with the minutes given if they like; the post is done too once all its places were taken and nobody's help is still to
 * come, and whoever stood by is released. Codes: `resource.absent`, `favour.closed`.
 */
export const completeFavour = (
  ctx: ResidentContext,
  input: z.infer<typeof CompleteFavour> & { favourId: string },
): Promise<FavourView> => {
  const { favourId, minutes = null } = input;
  return actOnFavour(ctx, favourId, {
    act: 'done',
    perform: async (tx, favour, post) => {
      if (!(await claimFavour(tx, favour.id, favour.state, { state: 'done', minutes }, ctx.now)))
        throw new AppError('favour.closed');
      if (post.kind === 'request') await releaseHelper(tx, favour.acceptedBy);
      const told = favourEvent(favour, post.id, `done:${sideOf(favour, ctx.actor.residentId)}`);
      if (!(await claimDone(tx, post.id, ctx.now))) return [told];
      const released = await claimRelease(tx, post.id, ctx.now, 'standby');
      return [postEvent(post, 'done'), told, ...released.map((standby) => favourEvent(standby, post.id, 'released'))];
    },
  });
};

export const completeFavourRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/favours/:favourId/done',
    {
      config: { mayActFor: true },
      schema: {
        operationId: 'favours.done',
        tags: ['favours'],
        params: FavourId,
        body: CompleteFavour,
        response: { 200: z.strictObject({ favour: FavourView }), ...refusals(404, 409) },
      },
    },
    async (request) => ({ favour: await completeFavour(request.resident(), { ...request.body, ...request.params }) }),
  );
};
