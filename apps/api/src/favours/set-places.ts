import type { Transaction } from '@palier/db';
import { canSetPlaces, PostDetail, SetPlaces } from '@palier/domain/posts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { AppError, insist, orAbsent } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { claimDone, claimRelease, favourEvent, lockOwnPost, PostId, postEvent, readPost } from '../posts/index.ts';
import { actedBy, type OutboxEvent, record } from '../record.ts';
import { claimPlaces, claimPromotion } from './favours.queries.ts';

type OwnPost = NonNullable<Awaited<ReturnType<typeof lockOwnPost>>>;

/** More places: whoever stands by comes in first; the post opens again while some are left. */
const change = async (tx: Transaction, post: OwnPost, needed: number, now: Date): Promise<OutboxEvent[]> => {
  const isRaised = post.state === 'filled' && needed > post.taken;
  const promoted = isRaised ? await claimPromotion(tx, post.id, now) : undefined;
  const taken = post.taken + (promoted ? 1 : 0);
  const state = taken === needed ? 'filled' : 'open';
  if (!(await claimPlaces(tx, post, { helpersNeeded: needed, taken, state }, now))) throw new AppError('post.closed');
  const isDone = state === 'filled' && (await claimDone(tx, post.id, now));
  const released = isDone ? await claimRelease(tx, post.id, now, 'standby') : [];
  const told = isDone ? 'done' : state === 'filled' ? 'filled' : post.state === 'open' ? 'changed' : 'opened';
  return [
    postEvent(post, told),
    ...(promoted ? [favourEvent(promoted, post.id, 'promoted')] : []),
    ...released.map((favour) => favourEvent(favour, post.id, 'released')),
  ];
};

/**
 * Sets for how many people one's own post is, as long as it lives and not under those who have said yes: more places open it again, fewer may fill it.
 * Codes: `resource.absent`, `post.closed`, `post.taken`.
 */
export const setPlaces = async (
  ctx: ResidentContext,
  input: z.infer<typeof SetPlaces> & { postId: string },
): Promise<PostDetail> => {
  const { postId, helpersNeeded } = input;
  await mutate(ctx, async (tx) => {
    const post = orAbsent(await lockOwnPost(tx, postId, ctx.actor.residentId));
    insist(canSetPlaces(post, helpersNeeded, ctx.now));
    const events = helpersNeeded === post.helpersNeeded ? [] : await change(tx, post, helpersNeeded, ctx.now);
    const { residenceId, commune } = post;
    const entry = { ...actedBy(ctx), action: 'post.places' } as const;
    await record(tx, { ...entry, subject: 'post', subjectId: postId, residenceId, commune }, events);
  });
  return (await readPost(ctx, { postId })).post;
};

export const setPlacesRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/posts/:postId/places',
    {
      config: { mayActFor: true },
      schema: {
        operationId: 'posts.places',
        tags: ['posts'],
        params: PostId,
        body: SetPlaces,
        response: { 200: z.strictObject({ post: PostDetail }), ...refusals(404, 409) },
      },
    },
    async (request) => ({ post: await setPlaces(request.resident(), { ...request.body, ...request.params }) }),
  );
};
