import { Interest } from '@palier/domain/matching';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { refusals } from '../plugins/refusals.ts';
import { interestView } from './interest-view.ts';
import { listInterestsOf } from './interests.queries.ts';

/** My saved interests, the oldest first; one a category at most, so all on one page. */
export const listInterests = async (ctx: ResidentContext): Promise<Interest[]> =>
  (await listInterestsOf(ctx.db, ctx.actor.residentId)).map(interestView);

const Interests = z.strictObject({ items: z.array(Interest), next: z.null() });

export const listInterestsRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/interests',
    { schema: { operationId: 'interests.list', tags: ['matching'], response: { 200: Interests, ...refusals() } } },
    async (request) => ({ items: await listInterests(request.resident()), next: null }),
  );
};
