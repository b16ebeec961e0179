import { chaseQuestion, Reach, shownTold } from '@palier/domain/matching';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ResidentContext } from '../context.ts';
import { refusals } from '../plugins/refusals.ts';
import { PostId } from '../posts/index.ts';
import { seqHeader } from '../stream-head.ts';
import { findOwnPost } from './list-matches.ts';
import { ringSteps, ringsOfSteps } from './rings-of-steps.ts';
import { isChased, listSteps } from './tellings.queries.ts';

/** How far one's own post was told, ring by ring (whoever heard by an alert of their own is in no ring's count), when it goes further, and whether its author is asked if it still holds. Code: `resource.absent`. */
export const readReach = async (
  ctx: ResidentContext,
  input: { postId: string },
): Promise<{ reach: Reach; head: number }> => {
  const { post, head } = await findOwnPost(ctx, input.postId);
  const steps = await listSteps(ctx.db, post.id);
  const { reached, next } = ringsOfSteps(steps);
  const isOpen = post.state === 'open' && post.expiresAt > ctx.now;
  const reach = {
    ...shownTold(ringSteps(steps).map(({ doneAt, told }) => ({ isDone: doneAt !== null, told }))),
    ring: reached,
    nextRing: isOpen ? (next?.step ?? null) : null,
    nextAt: isOpen ? (next?.dueAt.toISOString() ?? null) : null,
    asked: isOpen && chaseQuestion(post) !== null && (await isChased(ctx.db, post.id, ctx.now)),
  };
  return { reach, head };
};

export const readReachRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/posts/:postId/reach',
    {
      config: { mayActFor: true },
      schema: {
        operationId: 'posts.reach',
        tags: ['matching'],
        params: PostId,
        response: { 200: Reach, ...refusals(404) },
      },
    },
    async (request, reply) => {
      const { reach, head } = await readReach(request.resident(), request.params);
      reply.header(seqHeader, String(head));
      return reach;
    },
  );
};
