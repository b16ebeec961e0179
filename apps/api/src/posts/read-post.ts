import { maySee } from '@palier/domain/places';
import { PostDetail } from '@palier/domain/posts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { AppError, orAbsent } from '../errors.ts';
import { refusals } from '../plugins/refusals.ts';
import { seqHeader } from '../stream-head.ts';
import { detailOf, viewerOf } from './as-answer.ts';
import { findPostFor, type PostForReader } from './stored-posts.queries.ts';

export const PostId = z.strictObject({ postId: z.uuid() });

/** The states in which a favour lets its side read the post whatever its audience; whoever left, or was let go, is a neighbour like another. */
const lettingRead: readonly string[] = ['standby', 'accepted', 'done'];

/** A post with what concerns this resident, if it is theirs to know: by its audience, or as a side of a favour; never across a block. Code: `resource.absent`. */
export const findVisiblePost = async (ctx: ResidentContext, postId: string): Promise<PostForReader> => {
  const found = orAbsent(await findPostFor(ctx.db, ctx.tx, postId, ctx.actor.residentId));
  const isSide = found.favour !== null && lettingRead.includes(found.favour.state);
  if (found.isBlocked || !(isSide || maySee(found.post, viewerOf(ctx.actor)))) throw new AppError('resource.absent');
  return found;
};

/** One post, whole, with the head of the stream of the same snapshot. Code: `resource.absent`. */
export const readPost = async (
  ctx: ResidentContext,
  input: { postId: string },
): Promise<{ post: PostDetail; head: number }> => {
  const found = await findVisiblePost(ctx, input.postId);
  return { post: detailOf(found.post, found, viewerOf(ctx.actor), ctx.now), head: found.head };
};

const Read = z.strictObject({ post: PostDetail });

export const readPostRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/posts/:postId',
    {
      config: { mayActFor: true },
      schema: { operationId: 'posts.read', tags: ['posts'], params: PostId, response: { 200: Read, ...refusals(404) } },
    },
    async (request, reply) => {
      const { post, head } = await readPost(request.resident(), request.params);
      reply.header(seqHeader, String(head));
      return { post };
    },
  );
};
