import { Interest } from '@palier/domain/matching';
import { PageQuery, pageOf } from '@palier/domain/paging';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ResidentContext } from '../context.ts';
import { cutPage } from '../cut-page.ts';
import { refusals } from '../plugins/refusals.ts';
import { interestView } from './interest-view.ts';
import { listInterestsOf } from './interests.queries.ts';

/** My saved interests, the oldest first; one a category at most. */
export const listInterests = async (ctx: ResidentContext): Promise<Interest[]> =>
  (await listInterestsOf(ctx.db, ctx.actor.residentId)).map(interestView);

export const listInterestsRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/interests',
    {
      schema: {
        operationId: 'interests.list',
        tags: ['matching'],
        querystring: PageQuery,
        response: { 200: pageOf(Interest), ...refusals() },
      },
    },
    async (request) => {
      const ctx = request.resident();
      const all = await listInterests(ctx);
      return cutPage(ctx.keys, `interests ${ctx.actor.residentId}`, all, request.query, ({ id }) => id);
    },
  );
};
