import { FavourView, ListFavours } from '@palier/domain/favours';
import { pageOf } from '@palier/domain/paging';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { openCursor, sealCursor } from '../cursor.ts';
import { reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { findHead, seqHeader } from '../stream-head.ts';
import { viewOf } from './favour-view.ts';
import { listFavourRows } from './favours.queries.ts';

type Input = z.infer<typeof ListFavours>;

const Favours = pageOf(FavourView);

/** The favours I am a side of, the newest first, a page at a time, with the head of the stream as it was before they were read. Code: `cursor.invalid`. */
export const listFavours = async (
  ctx: ResidentContext,
  input: Input,
): Promise<z.infer<typeof Favours> & { head: number }> => {
  const { side, live, postId, cursor, limit } = input;
  const { residentId } = ctx.actor;
  const scope = `favours ${residentId} ${JSON.stringify([side, live, postId])}`;
  const [createdAt, id] = cursor === undefined ? [] : openCursor(ctx.keys, scope, cursor);
  const after = createdAt === undefined ? null : { createdAt: new Date(Number(createdAt)), id: String(id) };
  const head = await findHead(reader(ctx));
  const rows = await listFavourRows(reader(ctx), residentId, {
    side,
    isLive: live === undefined ? undefined : live === 'true',
    postId,
    after,
    limit: limit + 1,
  });
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map((row) => viewOf(row, residentId)),
    next: last ? sealCursor(ctx.keys, scope, [last.favour.createdAt.getTime(), last.favour.id]) : null,
    head,
  };
};

export const listFavoursRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/favours',
    {
      config: { mayActFor: true },
      schema: {
        operationId: 'favours.list',
        tags: ['favours'],
        querystring: ListFavours,
        response: { 200: Favours, ...refusals() },
      },
    },
    async (request, reply) => {
      const { items, next, head } = await listFavours(request.resident(), request.query);
      reply.header(seqHeader, String(head));
      return { items, next };
    },
  );
};
