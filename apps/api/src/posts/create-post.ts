import { clientOf, type Transaction } from '@palier/db';
import { canBegin } from '@palier/domain/moderation';
import type { StoredPost } from '@palier/domain/places';
import { CreatePost, canPost, type Hold, PostDetail, postsRetryAfterS } from '@palier/domain/posts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { ResidentContext } from '../context.ts';
import { AppError, insist } from '../errors.ts';
import { newId } from '../ids.ts';
import { mutate, mutateAtOnce, reader } from '../mutate.ts';
import { cellIndexOf } from '../places/index.ts';
import { refusals } from '../plugins/refusals.ts';
import { detailOf, viewerOf } from './as-answer.ts';
import { askRelative, insistOnCopies } from './ask-relative.ts';
import { layOnDesk } from './lay-on-desk.ts';
import { beneficiaryOf, type Draft, datedRow, draftOf, statementOf, windowsOf } from './post-draft.ts';
import {
  findJoinedAt,
  insertBeneficiary,
  insertSeries,
  isGone,
  listRecentPosts,
  type NewPost,
} from './posts.queries.ts';
import { beginningFor, screenWords } from './screening.ts';

const dayMs = 86_400_000;

/** Refuses whoever wrote too much, with when to come back; the author's own posts wait for each other here. */
const insistOnLimits = async (tx: Transaction, ctx: ResidentContext, beneficiary: string | null): Promise<void> => {
  const joinedAt = (await findJoinedAt(tx, ctx.actor.residentId, true)) ?? ctx.now;
  const written = await listRecentPosts(tx, ctx.actor.residentId, new Date(ctx.now.getTime() - dayMs));
  const retryAfterS = postsRetryAfterS(written, beneficiary, { joinedAt }, ctx.now);
  if (retryAfterS !== null) throw new AppError('rate.posts', { retryAfterS });
};

/** What a pause, an exclusion or a leaving that came meanwhile says to whoever was writing. */
const insistOnWritten = async (ctx: ResidentContext, rows: readonly unknown[]): Promise<void> => {
  if (rows.length > 0) return;
  throw new AppError((await isGone(reader(ctx), ctx.actor.residentId)) ? 'role.required' : 'account.paused');
};

/** The plain post, which is nearly every post: one statement. */
const writeOne = async (ctx: ResidentContext, row: NewPost): Promise<NewPost> => {
  await insistOnWritten(ctx, await mutateAtOnce(ctx, statementOf(ctx, row)));
  return row;
};

/** Whatever takes more: limits to count, an author's age to ask, a series, someone else's name. */
const writeAll = (
  ctx: ResidentContext,
  input: CreatePost,
  draft: Draft,
  holds: readonly Hold[],
): Promise<NewPost | undefined> =>
  mutate(ctx, async (tx) => {
    if (ctx.env.hasRateLimits) await insistOnLimits(tx, ctx, input.onBehalfOf?.name ?? null);
    if (ctx.env.hasRateLimits && input.onBehalfOf?.copy) await insistOnCopies(tx, ctx);
    const { id, residenceId, mode } = { id: draft.authorId, residenceId: draft.residenceId, mode: ctx.actor.mode };
    const words = { text: `${input.title} ${input.details ?? ''}`, found: holds, isCounted: ctx.env.hasRateLimits };
    const beginning = await beginningFor(tx, words, { id, residenceId, mode }, ctx.now);
    const windows = windowsOf(input, draft.commune, ctx.now);
    const seriesId = input.repeats ? newId() : null;
    if (input.repeats && input.window && seriesId) {
      const first = { firstFrom: new Date(input.window.from), firstTo: new Date(input.window.to) };
      const ends = { until: new Date(input.repeats.until), madeUntil: windows.at(-1)?.from ?? ctx.now };
      const { every } = input.repeats;
      await insertSeries(tx, { id: seriesId, authorId: draft.authorId, every, createdAt: ctx.now, ...first, ...ends });
    }
    const rows = windows.map((window) => datedRow(draft, window, seriesId, beginning.state));
    for (const row of rows) {
      await insistOnWritten({ ...ctx, tx }, (await clientOf(tx).query(statementOf(ctx, row))).rows);
      if (input.onBehalfOf) await insertBeneficiary(tx, beneficiaryOf(row.id, input.onBehalfOf, ctx.now));
      await layOnDesk(tx, row, beginning, ctx.now);
    }
    if (input.onBehalfOf?.copy && rows[0]) await askRelative(tx, ctx, rows[0].id, input.onBehalfOf.copy);
    return rows[0];
  });

/**
 * Writes a post from the author's own residence, `open` or `held` by screening; a repeated one writes its dates up to 14 days ahead and answers the first.
 * Codes: `post.emergency`, `post.payment`, `post.contact`, `stair.unknown`, `account.paused`, `trust.required`, `post.window`, `post.repeats`,
 * `post.elsewhere`, `post.consent`, `rate.posts`.
 */
export const createPost = async (ctx: ResidentContext, input: CreatePost): Promise<PostDetail> => {
  const { commune, cell, displayName } = ctx.actor;
  const draft = draftOf(ctx, input);
  const holds = screenWords({ title: input.title, details: input.details ?? '' }, input.emergencySeen ?? false);
  if (draft.audience === 'stair' && !draft.stairId) throw new AppError('stair.unknown');
  insist(canBegin(ctx.actor, ctx.now));
  insist(canPost(input, ctx.actor, ctx.now));
  const isPlain =
    !ctx.env.hasRateLimits &&
    holds.length === 0 &&
    ctx.actor.mode !== 'moderated' &&
    !input.repeats &&
    !input.onBehalfOf;
  const window = input.window ? { from: new Date(input.window.from), to: new Date(input.window.to) } : null;
  const first = isPlain
    ? await writeOne(ctx, datedRow(draft, window, null, 'open'))
    : await writeAll(ctx, input, draft, holds);
  if (!first) throw new AppError('post.repeats');
  await cellIndexOf(ctx.db).meet(cell, commune, reader(ctx));
  const post = { ...first, authorName: displayName, taken: 0 } as StoredPost;
  const concerning = {
    hall: draft.hall,
    endReason: null,
    beneficiary: input.onBehalfOf?.name ?? null,
    favour: null,
    viaReferent: ctx.acting !== undefined,
  };
  return detailOf(post, concerning, viewerOf(ctx.actor), ctx.now);
};

const Created = z.strictObject({ post: PostDetail });

export const createPostRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/posts',
    {
      config: { isCreating: true, mayActFor: true },
      schema: {
        operationId: 'posts.create',
        tags: ['posts'],
        body: CreatePost,
        response: { 201: Created, ...refusals(409, 422) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.resident(), Created, async (ctx) => ({
        post: await createPost(ctx, request.body),
      })),
  );
};
