import { watchAs } from '@palier/db';
import { canBegin } from '@palier/domain/moderation';
import { canOpenNeed, Need, TellNeed, titleLocale } from '@palier/domain/watch';
import { m } from '@palier/messages';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { ResidentContext, SignedInContext } from '../context.ts';
import { AppError, insist, orAbsent } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { residentActorOf } from '../plugins/session.ts';
import { createPost } from '../posts/index.ts';
import { record } from '../record.ts';
import { findOwnAttempt, lockCheck } from './checks.queries.ts';
import { insistOnWatcher } from './insist-on-watcher.ts';
import { claimNeed, findAsked, findVisited } from './needs.queries.ts';
import { AttemptPath } from './tell-outcome.ts';
import { byCaller, coverageMoved } from './watch-event.ts';

/** What a request says, from the catalogue: nothing of who visited, nor of why. */
const titles = {
  errands: m.rounds_need_title_errands,
  company: m.rounds_need_title_company,
  other: m.rounds_need_title_other,
} as const satisfies Record<Need, unknown>;

/**
 * Opens a request for somebody who needed something when the caller visited them and said yes to it: the person's own, in their own residence, wherever the caller lives; once for a visit, within 24 h.
 * Codes: `resource.absent` (not their visit, nothing was needed, too late, or no longer on the watch), `check.answered` (opened already), those of `createPost`.
 */
export const openNeed = (
  ctx: SignedInContext,
  { attemptId, need, consent }: TellNeed & { attemptId: string },
): Promise<{ need: Need }> =>
  mutate(ctx, async (tx) => {
    const { now, actor } = ctx;
    if (actor.resident) insist(canBegin(actor.resident, now));
    await watchAs(tx, 'house', now);
    const own = orAbsent(await findOwnAttempt(tx, attemptId, actor.accountId));
    const check = orAbsent(await lockCheck(tx, own.checkId, now));
    insist(canOpenNeed({ outcome: own.outcome, ...(await findAsked(tx, attemptId)) }, now));
    if (!(await claimNeed(tx, attemptId, now))) throw new AppError('check.answered');
    const { resident, language } = orAbsent(await findVisited(tx, check.personId));
    const visited: ResidentContext = {
      ...ctx,
      tx,
      actor: residentActorOf(actor.accountId, resident),
      visiting: { role: actor.resident ? 'resident' : 'visitor' },
    };
    const title = titles[need]({}, { locale: titleLocale(language) });
    await createPost(visited, { kind: 'request', category: need, title, audience: 'residence' });
    const act = { action: 'check.need', subject: 'check', subjectId: check.id, reason: consent };
    await record(tx, { ...byCaller(ctx), ...act }, [coverageMoved(check.roundId)]);
    return { need };
  });

const Opened = z.strictObject({ need: Need });

export const openNeedRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/watch/attempts/:attemptId/need',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'watch.need',
        tags: ['watch'],
        params: AttemptPath,
        body: TellNeed,
        response: { 201: Opened, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, await insistOnWatcher(request.account()), Opened, (ctx) =>
        openNeed(ctx, { ...request.params, ...request.body }),
      ),
  );
};
