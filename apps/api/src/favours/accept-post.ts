import {
  AcceptPost,
  answersMax,
  canAccept,
  FavourView,
  mayAnswerAgain,
  openFavoursMax,
  sideOfAnswer,
} from '@palier/domain/favours';
import { canBegin } from '@palier/domain/moderation';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { canActTowards } from '../acting.ts';
import { createOnce } from '../answer-once.ts';
import type { ResidentContext } from '../context.ts';
import { AppError, insist } from '../errors.ts';
import { newId } from '../ids.ts';
import { reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { favourEvent, findVisiblePost, PostId, postEvent } from '../posts/index.ts';
import { actedBy } from '../record.ts';
import { inLine, type Round } from './answer-line.ts';
import { type Answer, type AnswerEvents, type Claimed, claimPlace, hasAnswered } from './claim-place.queries.ts';
import { viewOf } from './favour-view.ts';

/** How often a post that changed under an answer is looked at again. */
const looksMax = 5;
const noLimit = 1_000_000;

type Input = z.infer<typeof AcceptPost> & { postId: string };
type Seen = Awaited<ReturnType<typeof findVisiblePost>>;
type Written = Claimed & { favour: 'accepted' | 'standby' };

/** Who helps whom: the answer to a request helps, the answer to an offer is helped. */
const sidesOf = (post: Seen['post'], residentId: string) =>
  sideOfAnswer(post.kind) === 'helper'
    ? { helperId: residentId, beneficiaryId: post.authorId }
    : { helperId: post.authorId, beneficiaryId: residentId };

const answerOf = (ctx: ResidentContext, { post }: Seen, note: string | undefined): Answer => ({
  favourId: newId(),
  postId: post.id,
  residentId: ctx.actor.residentId,
  note: note ?? '',
  audience: post.audience,
  category: post.category,
  openMax: ctx.env.hasRateLimits ? openFavoursMax : noLimit,
  now: ctx.now,
});

const eventsOf = ({ favourId, residentId }: Answer, { post }: Seen): AnswerEvents => {
  const favour = { id: favourId, ...sidesOf(post, residentId) };
  const accepted = favourEvent(favour, post.id, 'accepted');
  return {
    filled: [postEvent(post, 'filled'), accepted],
    open: [postEvent(post, 'changed'), accepted],
    standby: [favourEvent(favour, post.id, 'standby')],
  };
};

/** The favour as its new side reads it, from what was just written. */
const acceptedView = (answer: Answer, seen: Seen, claimed: Written): FavourView => {
  const { post } = seen;
  const { favourId: id, residentId, note, now } = answer;
  const written = { id, postId: post.id, authorId: post.authorId, acceptedBy: residentId, state: claimed.favour, note };
  const unexcused = { excuse: null, excusedAt: null, remindedAt: null };
  const unthanked = { reason: null, minutes: null, thanks: null, thankedAt: null };
  const unwritten = { ...unexcused, ...unthanked, createdAt: now, updatedAt: now, endedAt: null };
  const favour = { ...written, ...sidesOf(post, residentId), commune: post.commune, ...unwritten };
  const other = { id: post.authorId, displayName: post.authorName };
  const shown = { ...post, state: claimed.left ?? claimed.found ?? post.state };
  return viewOf(
    {
      favour,
      post: shown,
      other,
      residence: seen.residenceName,
      viaReferent: seen.viaReferent,
      side: sideOfAnswer(post.kind),
    },
    residentId,
  );
};

const isWritten = (claimed: Claimed): claimed is Written => claimed.favour !== null;

/** Tries for a place of the post as it was seen; null when it changed meanwhile and is to be looked at again. */
const tryPlace = async (ctx: ResidentContext, input: Input, seen: Seen, round: Round): Promise<FavourView | null> => {
  const { post } = seen;
  const { residentId } = ctx.actor;
  if (round.isFull) throw new AppError(round.answered.has(residentId) ? 'favour.exists' : 'post.full');
  const answer = answerOf(ctx, seen, input.note);
  const entry = { ...actedBy(ctx), action: 'favour.accept' };
  const claimed = await claimPlace(ctx, answer, entry, eventsOf(answer, seen));
  if (isWritten(claimed)) {
    round.answered.add(residentId);
    round.isFull = claimed.favour === 'standby';
    return acceptedView(answer, seen, claimed);
  }
  if (claimed.found === null) {
    if (post.expiresAt <= ctx.now) throw new AppError('post.closed');
    return null;
  }
  if (!claimed.mayMeet) throw new AppError('resource.absent');
  if (!claimed.isWithinLimit) throw new AppError('favour.limit');
  if (await hasAnswered(reader(ctx), post.id, residentId)) throw new AppError('favour.exists');
  round.isFull = true;
  throw new AppError('post.full');
};

const lookAndTry = async (ctx: ResidentContext, input: Input, round: Round): Promise<FavourView | null> => {
  const seen = await findVisiblePost(ctx, input.postId);
  insist(canBegin(ctx.actor, ctx.now));
  insist(canAccept(seen.post, ctx.actor));
  insist(canActTowards(ctx, seen.post.authorId));
  if (seen.favour && !mayAnswerAgain(seen.favour)) throw new AppError('favour.exists');
  if (ctx.env.hasRateLimits && seen.answers >= answersMax) throw new AppError('favour.repeated');
  if (seen.post.state === 'filled' && seen.hasStandby) throw new AppError('post.full');
  return round.inTurn(() => tryPlace(ctx, input, seen, round));
};

/**
 * Says yes to a post: first come, first served; exactly as many are `accepted` as there are places, one more stands by.
 * Codes: `resource.absent`, `account.paused`, `post.own`, `trust.required`, `post.closed`, `post.full`, `favour.exists`, `favour.limit`, `favour.repeated`.
 */
export const acceptPost = async (ctx: ResidentContext, input: Input): Promise<FavourView> =>
  inLine(ctx, input.postId, async (round) => {
    for (let look = 0; look < looksMax; look++) {
      const favour = await lookAndTry(ctx, input, round);
      if (favour) return favour;
    }
    throw new AppError('post.full');
  });

const Accepted = z.strictObject({ favour: FavourView });

export const acceptPostRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/posts/:postId/favours',
    {
      config: { isCreating: true, mayActFor: true },
      schema: {
        operationId: 'favours.accept',
        tags: ['favours'],
        params: PostId,
        body: AcceptPost,
        response: { 201: Accepted, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.resident(), Accepted, async (ctx) => ({
        favour: await acceptPost(ctx, { ...request.body, ...request.params }),
      })),
  );
};
