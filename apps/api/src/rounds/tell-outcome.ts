import { watchAs } from '@palier/db';
import { CheckState, TellOutcome } from '@palier/domain/watch';
import { sql } from 'drizzle-orm';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { AppError, orAbsent } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { findOwnAttempt, lockCheck } from './checks.queries.ts';
import { insistOnWatcher } from './insist-on-watcher.ts';
import { settle } from './settle-check.ts';
import { byCaller, coverageMoved } from './watch-event.ts';

export const AttemptPath = z.strictObject({ attemptId: z.uuid() });
const Told = z.strictObject({ state: CheckState });

/**
 * Says in one tap what became of a check that the caller claimed, also after their time was up or it became an alarm: their telephone may have found no network at the door. The same answer sent
 * twice acts once; `at`, when it was tapped, is kept between the claim and now. Codes: `resource.absent` (not theirs, or no longer on the watch), `check.answered` (they said something else).
 */
export const tellOutcome = (
  ctx: SignedInContext,
  { attemptId, outcome, at }: TellOutcome & { attemptId: string },
): Promise<z.infer<typeof Told>> =>
  mutate(ctx, async (tx) => {
    const { now, actor } = ctx;
    await watchAs(tx, 'house', now);
    const own = orAbsent(await findOwnAttempt(tx, attemptId, actor.accountId));
    const check = orAbsent(await lockCheck(tx, own.checkId, now));
    const attempt = orAbsent(await findOwnAttempt(tx, attemptId, actor.accountId));
    if (attempt.outcome !== null && attempt.outcome !== outcome) throw new AppError('check.answered');
    if (attempt.outcome !== null) return { state: check.state };
    const tapped = at ? new Date(at).getTime() : now.getTime();
    const answeredAt = new Date(Math.min(now.getTime(), Math.max(attempt.claimedAt.getTime(), tapped)));
    await tx.execute(
      sql`update watch_attempts set outcome = ${outcome}, answered_at = ${answeredAt.toISOString()} where id = ${attemptId} and outcome is null`,
    );
    const state = await settle(tx, check, { outcome, accountId: actor.accountId, now });
    const act = { action: 'check.answer', subject: 'check', subjectId: check.id }; // what was found is erased after three months, and the log never is
    await record(tx, { ...byCaller(ctx), ...act }, [coverageMoved(check.roundId)]);
    return { state };
  });

/** Gives a check back, unanswered: it is offered again at once. Codes: `resource.absent`, `check.answered`. */
export const giveBack = (ctx: SignedInContext, { attemptId }: { attemptId: string }): Promise<void> =>
  mutate(ctx, async (tx) => {
    const { now, actor } = ctx;
    await watchAs(tx, 'house', now);
    const attempt = orAbsent(await findOwnAttempt(tx, attemptId, actor.accountId));
    const check = orAbsent(await lockCheck(tx, attempt.checkId, now));
    if (check.state !== 'claimed' || check.heldBy !== actor.accountId) throw new AppError('check.answered');
    await tx.execute(
      sql`update watch_checks set state = 'due', held_by = null, held_until = null, told_at = null where id = ${check.id} and state = 'claimed'`,
    );
    const act = { action: 'check.release', subject: 'check', subjectId: check.id };
    await record(tx, { ...byCaller(ctx), ...act }, [coverageMoved(check.roundId)]);
  });

export const tellOutcomeRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/watch/attempts/:attemptId/outcome',
    {
      schema: {
        operationId: 'watch.answer',
        tags: ['watch'],
        params: AttemptPath,
        body: TellOutcome,
        response: { 200: Told, ...refusals(404, 409) },
      },
    },
    async (request) => tellOutcome(await insistOnWatcher(request.account()), { ...request.params, ...request.body }),
  );
};

export const giveBackRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/watch/attempts/:attemptId/release',
    {
      schema: {
        operationId: 'watch.release',
        tags: ['watch'],
        params: AttemptPath,
        response: { 204: z.null(), ...refusals(404, 409) },
      },
    },
    async (request, reply) => {
      await giveBack(await insistOnWatcher(request.account()), request.params);
      return reply.code(204).send(null);
    },
  );
};
