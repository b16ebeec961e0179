import { BlockView } from '@palier/domain/accounts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { refusals } from '../plugins/refusals.ts';
import { listBlocksBy } from './blocks.queries.ts';

/** Those whom I chose to meet no more, the latest first, 200 at most: mine only, never those who chose it of me. */
export const listBlocks = async (ctx: ResidentContext): Promise<BlockView[]> =>
  (await listBlocksBy(ctx.db, ctx.actor.residentId)).map(({ since, ...one }) => ({
    ...one,
    since: since.toISOString(),
  }));

const Blocks = z.strictObject({ items: z.array(BlockView), next: z.null() });

export const listBlocksRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/blocks',
    { schema: { operationId: 'blocks.list', tags: ['moderation'], response: { 200: Blocks, ...refusals() } } },
    async (request) => ({ items: await listBlocks(request.resident()), next: null }),
  );
};
