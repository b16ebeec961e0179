import { canWiden, Reach, rings, WidenPost } from '@palier/domain/matching';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ResidentContext } from '../context.ts';
import { AppError, insist, orAbsent } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { lockOwnPost, PostId } from '../posts/index.ts';
import { actedBy, record } from '../record.ts';
import { holdOn } from './hold-on.ts';
import { findOwnPost } from './list-matches.ts';
import { matchPost } from './match-post.ts';
import { readReach } from './read-reach.ts';
import { ringsOfSteps } from './rings-of-steps.ts';
import { tellPost } from './tell-due.ts';
import { claimWiden, listSteps, lockTelling } from './tellings.queries.ts';

/**
 * Tells the next ring now instead of when it is due; people asleep hear in the morning. Whoever was asked whether the post still holds has answered by it. Meaning a ring that was told already changes nothing, so that pressing twice widens once.
 * Codes: `resource.absent`, `post.closed`, `post.widest`.
 */
export const widenPost = async (ctx: ResidentContext, input: WidenPost & { postId: string }): Promise<Reach> => {
  const { postId, to } = input;
  const { post: seen } = await findOwnPost(ctx, postId);
  if (seen.state === 'open' && (await listSteps(ctx.db, postId)).length === 0) await matchPost(ctx, { postId }); // its job has not run yet
  await mutate(ctx, async (tx) => {
    const post = orAbsent(await lockOwnPost(tx, postId, ctx.actor.residentId));
    const telling = await lockTelling(tx, postId);
    const { reached, next } = ringsOfSteps(await listSteps(tx, postId));
    insist(canWiden(post, reached));
    const isToldAlready = to !== undefined && reached !== null && rings.indexOf(to) <= rings.indexOf(reached);
    if (!next && !isToldAlready) throw new AppError('post.widest');
    if (next && !isToldAlready) await claimWiden(tx, postId, next.step, ctx.now);
    const entry = { ...actedBy(ctx), action: 'post.widen', subject: 'post' } as const;
    const isAnswer = telling?.chaseAt != null && telling.chaseAt <= ctx.now && post.expiresAt > ctx.now;
    const events = isAnswer ? [await holdOn(tx, post, ctx.now)] : [];
    await record(tx, { ...entry, subjectId: postId, residenceId: post.residenceId, commune: post.commune }, events);
  });
  await tellPost(ctx, postId); // cut here, the next sweep tells it
  return (await readReach(ctx, { postId })).reach;
};

export const widenPostRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/posts/:postId/widen',
    {
      config: { mayActFor: true },
      schema: {
        operationId: 'posts.widen',
        tags: ['matching'],
        params: PostId,
        body: WidenPost,
        response: { 200: Reach, ...refusals(404, 409) },
      },
    },
    (request) => widenPost(request.resident(), { ...request.body, ...request.params }),
  );
};
