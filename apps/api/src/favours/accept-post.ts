import type { Transaction } from '@palier/db';
import {
  AcceptPost,
  answersMax,
  canAccept,
  FavourView,
  mayAnswerAgain,
  openFavoursMax,
  sideOfAnswer,
} from '@palier/domain/favours';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { canActTowards } from '../acting.ts';
import { answerOnce } from '../answer-once.ts';
import type { ResidentContext } from '../context.ts';
import { AppError, insist } from '../errors.ts';
import { newId } from '../ids.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { favourEvent, findVisiblePost, PostId, postEvent } from '../posts/index.ts';
import { actedBy, record } from '../record.ts';
import {
  type Answer,
  type Claimed,
  claimPlace,
  claimStandby,
  hasAnswered,
  hasBlockBetween,
} from './claim-place.queries.ts';
import { viewOf } from './favour-view.ts';

/** How often a post that changed under an answer is looked at again. */
const looksMax = 5;
const noLimit = 1_000_000;

type Seen = Awaited<ReturnType<typeof findVisiblePost>>;
type Outcome = { claimed: Claimed; state: 'accepted' | 'standby' };

/** A place if there is one, else the stand-by's; null when the post changed meanwhile and is to be looked at again. */
const claim = async (tx: Transaction, answer: Answer, seen: Seen): Promise<Outcome | null> => {
  const place: Outcome | null =
    seen.post.state === 'open' ? { claimed: await claimPlace(tx, answer), state: 'accepted' } : null;
  const outcome: Outcome = place?.claimed.hasPlace
    ? place
    : { claimed: await claimStandby(tx, answer), state: 'standby' };
  const { hasPlace, isWithinLimit, isWritten } = outcome.claimed;
  if (!hasPlace) return null;
  if (!isWithinLimit) throw new AppError('favour.limit');
  if (!isWritten) throw new AppError((await hasAnswered(tx, answer)) ? 'favour.exists' : 'post.full');
  return outcome;
};

/** Who helps whom: the answer to a request helps, the answer to an offer is helped. */
const sidesOf = (post: Seen['post'], residentId: string) =>
  sideOfAnswer(post.kind) === 'helper'
    ? { helperId: residentId, beneficiaryId: post.authorId }
    : { helperId: post.authorId, beneficiaryId: residentId };

const accept = async (tx: Transaction, ctx: ResidentContext, answer: Answer, seen: Seen): Promise<Outcome | null> => {
  const outcome = await claim(tx, answer, seen);
  if (!outcome) return null;
  const { post } = seen;
  const { residentId } = ctx.actor;
  if (await hasBlockBetween(tx, residentId, post.authorId)) throw new AppError('resource.absent');
  const favour = favourEvent({ id: answer.favourId, ...sidesOf(post, residentId) }, post.id, outcome.state);
  const change = outcome.claimed.state === 'filled' ? 'filled' : 'changed';
  const entry = { ...actedBy(ctx), action: 'favour.accept' } as const;
  const place = { residenceId: post.residenceId, commune: post.commune };
  await record(
    tx,
    { ...entry, subject: 'favour', subjectId: answer.favourId, ...place },
    outcome.state === 'standby' ? [favour] : [postEvent(post, change), favour],
  );
  return outcome;
};

/** The favour as its new side reads it, from what was just written. */
const acceptedView = (answer: Answer, seen: Seen, { state, claimed }: Outcome): FavourView => {
  const { post } = seen;
  const { favourId: id, residentId, note, now } = answer;
  const written = { id, postId: post.id, authorId: post.authorId, acceptedBy: residentId, state, note };
  const unexcused = { excuse: null, excusedAt: null, remindedAt: null };
  const unwritten = {
    ...unexcused,
    reason: null,
    minutes: null,
    thanks: null,
    thankedAt: null,
    createdAt: now,
    updatedAt: now,
  };
  const favour = { ...written, ...sidesOf(post, residentId), commune: post.commune, ...unwritten };
  const other = { id: post.authorId, displayName: post.authorName };
  const shown = { ...post, state: claimed.state ?? post.state };
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

/**
 * Says yes to a post: first come, first served; exactly as many are `accepted` as there are places, one more stands by.
 * Codes: `resource.absent`, `post.own`, `trust.required`, `post.closed`, `post.full`, `favour.exists`, `favour.limit`, `favour.repeated`.
 */
export const acceptPost = async (
  ctx: ResidentContext,
  input: z.infer<typeof AcceptPost> & { postId: string },
): Promise<FavourView> => {
  const { residentId } = ctx.actor;
  const favourId = newId();
  for (let look = 0; look < looksMax; look++) {
    const seen = await findVisiblePost(ctx, input.postId);
    const { post } = seen;
    insist(canAccept(post, ctx.actor));
    insist(canActTowards(ctx, post.authorId));
    if (seen.favour && !mayAnswerAgain(seen.favour)) throw new AppError('favour.exists');
    if (ctx.env.hasRateLimits && seen.answers >= answersMax) throw new AppError('favour.repeated');
    if (post.state === 'filled' && seen.hasStandby) throw new AppError('post.full');
    const openMax = ctx.env.hasRateLimits ? openFavoursMax : noLimit;
    const answer: Answer = {
      favourId,
      postId: post.id,
      residentId,
      note: input.note ?? '',
      audience: post.audience,
      category: post.category,
      openMax,
      now: ctx.now,
    };
    const outcome = await mutate(ctx, (tx) => accept(tx, ctx, answer, seen));
    if (outcome) return acceptedView(answer, seen, outcome);
    if (post.expiresAt <= ctx.now) throw new AppError('post.closed');
  }
  throw new AppError('post.full');
};

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
    async (request, reply) => {
      await answerOnce(
        request,
        reply,
        request.resident(),
        201,
        (ctx) => acceptPost(ctx, { ...request.body, ...request.params }),
        (favour) => JSON.stringify(Accepted.parse({ favour })),
      );
      return reply;
    },
  );
};
