import { PageQuery, pageOf } from '@palier/domain/paging';
import { ResidenceLine } from '@palier/domain/residences';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { cutPage } from '../cut-page.ts';
import { refusals } from '../plugins/refusals.ts';
import { careOf } from './in-care.ts';
import { listLines } from './residences.queries.ts';

/** The residences that the caller looks after, those where something waits first. */
export const listResidencesRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/residences',
    {
      schema: {
        operationId: 'residences.list',
        tags: ['residences'],
        querystring: PageQuery,
        response: { 200: pageOf(ResidenceLine), ...refusals() },
      },
    },
    async (request) => {
      const ctx = request.account();
      const all = await listLines(ctx.db, careOf(ctx));
      return cutPage(ctx.keys, `residences ${ctx.actor.accountId}`, all, request.query, ({ id }) => id);
    },
  );
};
