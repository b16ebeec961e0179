import { canWithdraw, PostDetail, WithdrawPost } from '@palier/domain/posts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { AppError, insist, orAbsent } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { actedBy, record } from '../record.ts';
import { claimRelease } from './places-taken.queries.ts';
import { favourEvent, postEvent } from './post-events.ts';
import { claimEnd, claimSeriesEnd } from './posts.queries.ts';
import { PostId, readPost } from './read-post.ts';
import { lockOwnPost } from './stored-posts.queries.ts';

/**
 * Takes one's own post back, with a reason; whoever had said yes is released and hears of it. A series none of whose dates is left ends too.
 * Codes: `resource.absent`, `post.closed`.
 */
export const withdrawPost = async (
  ctx: ResidentContext,
  input: z.infer<typeof WithdrawPost> & { postId: string },
): Promise<PostDetail> => {
  const { postId, reason } = input;
  await mutate(ctx, async (tx) => {
    const post = orAbsent(await lockOwnPost(tx, postId, ctx.actor.residentId));
    insist(canWithdraw(post));
    if (!(await claimEnd(tx, postId, post.state, { state: 'withdrawn', reason }, ctx.now)))
      throw new AppError('post.closed');
    const released = await claimRelease(tx, postId, ctx.now);
    if (post.seriesId) await claimSeriesEnd(tx, post.seriesId, ctx.now);
    await record(
      tx,
      {
        ...actedBy(ctx),
        action: 'post.withdraw',
        subject: 'post',
        subjectId: postId,
        residenceId: post.residenceId,
        commune: post.commune,
        reason,
      },
      [postEvent(post, 'closed'), ...released.map((favour) => favourEvent(favour, postId, 'released'))],
    );
  });
  return (await readPost(ctx, { postId })).post;
};

export const withdrawPostRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/posts/:postId/withdraw',
    {
      config: { mayActFor: true },
      schema: {
        operationId: 'posts.withdraw',
        tags: ['posts'],
        params: PostId,
        body: WithdrawPost,
        response: { 200: z.strictObject({ post: PostDetail }), ...refusals(404, 409) },
      },
    },
    async (request) => ({ post: await withdrawPost(request.resident(), { ...request.body, ...request.params }) }),
  );
};
