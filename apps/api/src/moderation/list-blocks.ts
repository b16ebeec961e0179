import { BlockView } from '@palier/domain/accounts';
import { PageQuery, pageOf } from '@palier/domain/paging';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ResidentContext } from '../context.ts';
import { cutPage } from '../cut-page.ts';
import { refusals } from '../plugins/refusals.ts';
import { listBlocksBy } from './blocks.queries.ts';

/** Those whom I chose to meet no more, the latest first, 200 at most: mine only, never those who chose it of me. */
export const listBlocks = async (ctx: ResidentContext): Promise<BlockView[]> =>
  (await listBlocksBy(ctx.db, ctx.actor.residentId)).map(({ since, ...one }) => ({
    ...one,
    since: since.toISOString(),
  }));

export const listBlocksRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/blocks',
    {
      schema: {
        operationId: 'blocks.list',
        tags: ['moderation'],
        querystring: PageQuery,
        response: { 200: pageOf(BlockView), ...refusals() },
      },
    },
    async (request) => {
      const ctx = request.resident();
      const all = await listBlocks(ctx);
      return cutPage(ctx.keys, `blocks ${ctx.actor.residentId}`, all, request.query, ({ residentId }) => residentId);
    },
  );
};
