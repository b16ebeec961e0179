import { ConfirmNeed, canConfirmNeed, PostDetail } from '@palier/domain/posts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { insist, orAbsent } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { lockOwnPost, PostId, readPost } from '../posts/index.ts';
import { actedBy, record } from '../record.ts';
import { holdOn } from './hold-on.ts';

/**
 * The author says that it still holds, be it needed or offered: a post without a date lives on from now, and is asked about again halfway; one with a date keeps its date.
 * Codes: `resource.absent`, `post.closed`.
 */
export const confirmNeed = async (ctx: ResidentContext, { postId }: { postId: string }): Promise<PostDetail> => {
  await mutate(ctx, async (tx) => {
    const post = orAbsent(await lockOwnPost(tx, postId, ctx.actor.residentId));
    insist(canConfirmNeed(post, ctx.now));
    const event = await holdOn(tx, post, ctx.now);
    const { residenceId, commune } = post;
    const place = { subject: 'post', subjectId: postId, residenceId, commune };
    await record(tx, { ...actedBy(ctx), action: 'post.need', ...place }, [event]);
  });
  return (await readPost(ctx, { postId })).post;
};

export const confirmNeedRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/posts/:postId/still-needed',
    {
      config: { mayActFor: true },
      schema: {
        operationId: 'posts.stillNeeded',
        tags: ['matching'],
        params: PostId,
        body: ConfirmNeed,
        response: { 200: z.strictObject({ post: PostDetail }), ...refusals(404, 409) },
      },
    },
    async (request) => ({ post: await confirmNeed(request.resident(), request.params) }),
  );
};
