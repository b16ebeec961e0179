import { FavourView, Thank } from '@palier/domain/favours';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
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

const Thanked = z.strictObject({ favour: FavourView });

export const thankHelperRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/favours/:favourId/thank',
    {
      config: { mayActFor: true, isCreating: true },
      schema: {
        operationId: 'favours.thank',
        tags: ['favours'],
        params: FavourId,
        body: Thank,
        response: { 200: Thanked, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) => {
      const thank = async (ctx: ResidentContext) => ({
        favour: await thankHelper(ctx, { ...request.body, ...request.params }),
      });
      return createOnce(request, reply, request.resident(), Thanked, thank, { status: 200 });
    },
  );
};
