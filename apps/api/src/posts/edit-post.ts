import { editChange } from '@palier/domain/live';
import type { StoredPost } from '@palier/domain/places';
import { canEdit, canPost, EditPost, expiresAt, mayHangInHall, PostDetail, urgentMs } from '@palier/domain/posts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { AppError, insist, orAbsent } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { actedBy, record } from '../record.ts';
import { layOnDesk } from './lay-on-desk.ts';
import { isEditAsked } from './post-cases.queries.ts';
import { postEvent } from './post-events.ts';
import { claimEdit, type PostChange } from './posts.queries.ts';
import { PostId, readPost } from './read-post.ts';
import { beginningFor, screenWords } from './screening.ts';
import { lockOwnPost } from './stored-posts.queries.ts';

type OwnPost = StoredPost & { hall: boolean };

/** Urgency is given once for its two hours: saying it again while it lasts changes nothing. */
const urgencyOf = (post: OwnPost, urgent: boolean | undefined, now: Date): Date | null => {
  if (urgent === undefined) return post.urgentUntil;
  if (!urgent) return null;
  return post.urgentUntil && post.urgentUntil > now ? post.urgentUntil : new Date(now.getTime() + urgentMs);
};

/** The post as it would be: what was sent over what is there. */
const merged = (post: OwnPost, input: EditPost, now: Date) => {
  const { window, ...given } = input;
  const category = given.category ?? post.category;
  const dates =
    window === undefined
      ? { windowFrom: post.windowFrom, windowTo: post.windowTo }
      : { windowFrom: window && new Date(window.from), windowTo: window && new Date(window.to) };
  const ends = window === undefined ? post.expiresAt : expiresAt({ kind: post.kind, window }, now);
  return {
    title: given.title ?? post.title,
    details: given.details ?? post.details,
    category,
    audience: given.audience ?? post.audience,
    helpersNeeded: given.helpersNeeded ?? post.helpersNeeded,
    urgentUntil: urgencyOf(post, given.urgent, now),
    hall: (given.hall ?? post.hall) && mayHangInHall(category),
    expiresAt: ends,
    ...dates,
  } satisfies PostChange;
};

/**
 * Changes what was sent of one's own post while nobody has said yes; its words are screened again. An open post does not go back to being held.
 * Codes: `resource.absent`, `post.closed`, `post.taken`, `stair.unknown`, `trust.required`, `post.window`, `post.emergency`, `post.payment`, `post.contact`, `post.held`.
 */
export const editPost = async (ctx: ResidentContext, input: EditPost & { postId: string }): Promise<PostDetail> => {
  const { postId, ...given } = input;
  await mutate(ctx, async (tx) => {
    const post = orAbsent(await lockOwnPost(tx, postId, ctx.actor.residentId));
    insist(canEdit(post));
    const change = merged(post, given, ctx.now);
    if (change.audience === 'stair' && !post.stairId) throw new AppError('stair.unknown');
    insist(
      canPost({ kind: post.kind, category: change.category, window: given.window ?? undefined }, ctx.actor, ctx.now),
    );
    const isSaidAgain = given.title !== undefined || given.details !== undefined;
    const holds =
      isSaidAgain || post.state === 'held' ? screenWords(change, !isSaidAgain || (given.emergencySeen ?? false)) : [];
    const { mode, residenceId } = ctx.actor;
    const author = {
      id: post.authorId,
      residenceId,
      mode: isSaidAgain || post.state === 'held' ? mode : 'screened',
    } as const;
    const begins = await beginningFor(tx, { text: '', found: holds, isCounted: false }, author, ctx.now);
    const isAsked = post.state === 'held' && (await isEditAsked(tx, postId));
    const { state, holds: waits } = isAsked
      ? { state: 'held' as const, holds: [...begins.holds, 'edited' as const] }
      : begins;
    if (post.state === 'open' && state === 'held') throw new AppError('post.held');
    if (!(await claimEdit(tx, postId, post.state, { ...change, state }, ctx.now))) throw new AppError('post.closed');
    if (post.state === 'held' || isSaidAgain) await layOnDesk(tx, post, { state, holds: waits }, ctx.now);
    const told =
      state === 'held' ? 'held' : post.state === 'held' ? 'opened' : editChange(post.audience, change.audience);
    const text = `${change.title}\n${change.details}`;
    await record(
      tx,
      {
        ...actedBy(ctx),
        action: 'post.edit',
        subject: 'post',
        subjectId: postId,
        residenceId: post.residenceId,
        commune: post.commune,
        text,
      },
      [postEvent(post, told)],
    );
  });
  return (await readPost(ctx, { postId })).post;
};

export const editPostRoute: FastifyPluginAsyncZod = async (app) => {
  app.patch(
    '/posts/:postId',
    {
      config: { mayActFor: true },
      schema: {
        operationId: 'posts.edit',
        tags: ['posts'],
        params: PostId,
        body: EditPost,
        response: { 200: z.strictObject({ post: PostDetail }), ...refusals(404, 409, 422) },
      },
    },
    async (request) => ({ post: await editPost(request.resident(), { ...request.body, ...request.params }) }),
  );
};
