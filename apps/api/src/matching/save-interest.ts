import { Interest, SaveInterest } from '@palier/domain/matching';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { ResidentContext } from '../context.ts';
import { orAbsent } from '../errors.ts';
import { newId } from '../ids.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { interestEntry, interestView } from './interest-view.ts';
import { upsertInterest } from './interests.queries.ts';

/** Saves an interest: new posts of a category within a distance tell this resident. The one there is for that category is changed and resumed. */
export const saveInterest = (ctx: ResidentContext, input: SaveInterest): Promise<Interest> =>
  mutate(ctx, async (tx) => {
    const row = { id: newId(), residentId: ctx.actor.residentId, createdAt: ctx.now, ...input };
    const saved = orAbsent(await upsertInterest(tx, row));
    await record(tx, interestEntry(ctx, 'interest.save', saved.id));
    return interestView(saved);
  });

const Saved = z.strictObject({ interest: Interest });

export const saveInterestRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/interests',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'interests.save',
        tags: ['matching'],
        body: SaveInterest,
        response: { 201: Saved, ...refusals(409, 422) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.resident(), Saved, async (ctx) => ({
        interest: await saveInterest(ctx, request.body),
      })),
  );
};
