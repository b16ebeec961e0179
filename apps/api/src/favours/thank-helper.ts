import { FavourView, Thank } from '@palier/domain/favours';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { AppError } from '../errors.ts';
import { refusals } from '../plugins/refusals.ts';
import { favourEvent } from '../posts/index.ts';
import { actOnFavour, FavourId } from './act-on-favour.ts';
import { claimThanks } from './favours.queries.ts';

/** The beneficiary thanks, once, in a sentence, for what was done. Codes: `resource.absent`, `role.required`, `favour.closed`, `favour.thanked`. */
export const thankHelper = (
  ctx: ResidentContext,
  input: z.infer<typeof Thank> & { favourId: string },
): Promise<FavourView> =>
  actOnFavour(ctx, input.favourId, {
    act: 'thank',
    perform: async (tx, favour, post) => {
      if (!(await claimThanks(tx, favour.id, input.text, ctx.now))) throw new AppError('favour.thanked');
      return [favourEvent(favour, post.id, 'thanked')];
    },
  });

export const thankHelperRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/favours/:favourId/thank',
    {
      config: { mayActFor: true },
      schema: {
        operationId: 'favours.thank',
        tags: ['favours'],
        params: FavourId,
        body: Thank,
        response: { 200: z.strictObject({ favour: FavourView }), ...refusals(404, 409) },
      },
    },
    async (request) => ({ favour: await thankHelper(request.resident(), { ...request.body, ...request.params }) }),
  );
};
