import { pageOf } from '@palier/domain/paging';
import { ListOwnPosts, PostDetail } from '@palier/domain/posts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { openCursor, sealCursor } from '../cursor.ts';
import { reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { findHead, seqHeader } from '../stream-head.ts';
import { detailOf, viewerOf } from './as-answer.ts';
import { listOwnIds } from './own-posts.queries.ts';
import { findPostFor } from './stored-posts.queries.ts';

type Input = z.infer<typeof ListOwnPosts>;
const Own = pageOf(PostDetail);

/** My own posts, the latest first, a page at a time, with the head of the stream as it was before they were read. Code: `cursor.invalid`. */
export const listOwnPosts = async (
  ctx: ResidentContext,
  { live, answered, cursor, limit }: Input,
): Promise<z.infer<typeof Own> & { head: number }> => {
  const { residentId } = ctx.actor;
  const scope = `own posts ${residentId} ${JSON.stringify([live, answered])}`;
  const [createdAt, id] = cursor === undefined ? [] : openCursor(ctx.keys, scope, cursor);
  const after = createdAt === undefined ? null : { createdAt: new Date(Number(createdAt)), id: String(id) };
  const head = await findHead(reader(ctx));
  const filters = { live: live && live === 'true', answered: answered && answered === 'true', after };
  const rows = await listOwnIds(reader(ctx), residentId, { ...filters, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const found = await Promise.all(shown.map(({ id: postId }) => findPostFor(ctx.db, ctx.tx, postId, residentId)));
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const viewer = viewerOf(ctx.actor);
  return {
    items: found.flatMap((one) => (one ? [detailOf(one.post, one, viewer, ctx.now)] : [])),
    next: last ? sealCursor(ctx.keys, scope, [last.createdAt.getTime(), last.id]) : null,
    head,
  };
};

export const listOwnPostsRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/me/posts',
    {
      config: { mayActFor: true },
      schema: {
        operationId: 'posts.own',
        tags: ['posts'],
        querystring: ListOwnPosts,
        response: { 200: Own, ...refusals() },
      },
    },
    async (request, reply) => {
      const { items, next, head } = await listOwnPosts(request.resident(), request.query);
      reply.header(seqHeader, String(head));
      return { items, next };
    },
  );
};
