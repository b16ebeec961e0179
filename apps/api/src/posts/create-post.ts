import type { Transaction } from '@palier/db';
import type { StoredPost } from '@palier/domain/places';
import { timeZoneOfCommune } from '@palier/domain/places';
import {
  CreatePost,
  canPost,
  defaultAudience,
  expiresAt,
  mayHangInHall,
  PostDetail,
  postsRetryAfterS,
  seriesAheadMs,
  seriesDates,
  urgentMs,
} from '@palier/domain/posts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { answerOnce } from '../answer-once.ts';
import type { ResidentContext } from '../context.ts';
import { AppError, insist } from '../errors.ts';
import { newId } from '../ids.ts';
import { mutate } from '../mutate.ts';
import { cellIndexOf } from '../places/cell-index.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { detailOf, viewerOf } from './as-answer.ts';
import {
  findJoinedAt,
  insertBeneficiary,
  insertPost,
  insertSeries,
  listRecentPosts,
  type NewPost,
} from './posts.queries.ts';
import { screenWords, stateOfHolds } from './screening.ts';

const dayMs = 86_400_000;

/** Refuses whoever wrote too much, with when to come back; the author's own posts wait for each other here. */
const insistOnLimits = async (tx: Transaction, ctx: ResidentContext, beneficiary: string | null): Promise<void> => {
  const joinedAt = (await findJoinedAt(tx, ctx.actor.residentId, true)) ?? ctx.now;
  const written = await listRecentPosts(tx, ctx.actor.residentId, new Date(ctx.now.getTime() - dayMs));
  const retryAfterS = postsRetryAfterS(written, beneficiary, { joinedAt }, ctx.now);
  if (retryAfterS !== null) throw new AppError('rate.posts', { retryAfterS });
};

/** The windows to write posts for now: one, or those of a series up to 14 days ahead and the first in any case. */
const windowsOf = (input: CreatePost, commune: string, now: Date): ({ from: Date; to: Date } | null)[] => {
  if (!input.window) return [null];
  const first = { from: new Date(input.window.from), to: new Date(input.window.to) };
  if (!input.repeats) return [first];
  const ahead = new Date(Math.max(now.getTime() + seriesAheadMs, first.from.getTime()));
  return seriesDates(first, input.repeats.every, timeZoneOfCommune(commune), {
    after: null,
    until: new Date(input.repeats.until),
    ahead,
  });
};

const rowOf = (ctx: ResidentContext, input: CreatePost): Omit<NewPost, 'id' | 'state' | 'expiresAt'> => {
  const { residentId, residenceId, stairId, commune, cell } = ctx.actor;
  const { kind, category, title, details = '', helpersNeeded = 1 } = input;
  const urgentUntil = input.urgent ? new Date(ctx.now.getTime() + urgentMs) : null;
  const hall = Boolean(input.hall) && mayHangInHall(category);
  const audience = input.audience ?? defaultAudience(category);
  return {
    authorId: residentId,
    residenceId,
    stairId,
    commune,
    cell,
    kind,
    category,
    title,
    details,
    audience,
    helpersNeeded,
    urgentUntil,
    hall,
    onBehalf: Boolean(input.onBehalfOf),
    createdAt: ctx.now,
    updatedAt: ctx.now,
  };
};

/**
 * Writes a post from the author's own residence, `open` or `held` by screening; a repeated one writes its dates up to 14 days ahead and answers the first.
 * Codes: `post.emergency`, `post.payment`, `post.contact`, `stair.unknown`, `trust.required`, `post.window`, `post.repeats`, `rate.posts`.
 */
export const createPost = async (ctx: ResidentContext, input: CreatePost): Promise<PostDetail> => {
  const { residentId, residenceId, commune, cell, displayName } = ctx.actor;
  const common = rowOf(ctx, input);
  const holds = screenWords({ title: input.title, details: input.details ?? '' }, input.emergencySeen ?? false);
  if (common.audience === 'stair' && !common.stairId) throw new AppError('stair.unknown');
  insist(canPost(input, ctx.actor, ctx.now));
  const windows = windowsOf(input, commune, ctx.now);
  const seriesId = input.repeats ? newId() : null;
  const first = await mutate(ctx, async (tx) => {
    if (ctx.env.hasRateLimits) await insistOnLimits(tx, ctx, input.onBehalfOf?.name ?? null);
    const state = await stateOfHolds(tx, holds, residentId, ctx.now);
    if (input.repeats && input.window && seriesId) {
      const madeUntil = windows.at(-1)?.from ?? ctx.now;
      const dates = {
        firstFrom: new Date(input.window.from),
        firstTo: new Date(input.window.to),
        until: new Date(input.repeats.until),
        madeUntil,
      };
      await insertSeries(tx, {
        id: seriesId,
        authorId: residentId,
        every: input.repeats.every,
        createdAt: ctx.now,
        ...dates,
      });
    }
    const rows = windows.map((window) => {
      const ends = expiresAt({ kind: input.kind, window: window && { to: window.to.toISOString() } }, ctx.now);
      return {
        ...common,
        id: newId(),
        windowFrom: window?.from ?? null,
        windowTo: window?.to ?? null,
        seriesId,
        state,
        expiresAt: ends,
      };
    });
    for (const row of rows) {
      await insertPost(tx, row);
      if (input.onBehalfOf) await insertBeneficiary(tx, { postId: row.id, ...input.onBehalfOf, givenAt: ctx.now });
      await record(
        tx,
        {
          at: ctx.now,
          actorId: ctx.actor.accountId,
          actorRole: 'resident',
          action: 'post.create',
          subject: 'post',
          subjectId: row.id,
          residenceId,
          commune,
          text: `${row.title}\n${row.details}`,
        },
        [
          {
            kind: 'post',
            change: state === 'open' ? 'opened' : 'held',
            postId: row.id,
            cell,
            residenceId,
            commune,
            sideA: residentId,
          },
        ],
      );
    }
    return rows[0];
  });
  if (!first) throw new AppError('post.repeats');
  await cellIndexOf(ctx.db).meet(cell, commune);
  const post = { ...first, authorName: displayName, taken: 0 } as StoredPost;
  return detailOf(
    post,
    { hall: first.hall ?? false, endReason: null, beneficiary: input.onBehalfOf?.name ?? null, favour: null },
    viewerOf(ctx.actor),
    ctx.now,
  );
};

const Created = z.strictObject({ post: PostDetail });

export const createPostRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/posts',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'posts.create',
        tags: ['posts'],
        body: CreatePost,
        response: { 201: Created, ...refusals(409, 422) },
      },
    },
    async (request, reply) => {
      await answerOnce(
        request,
        reply,
        request.resident(),
        201,
        (ctx) => createPost(ctx, request.body),
        (post) => JSON.stringify(Created.parse({ post })),
      );
      return reply;
    },
  );
};
