import type { Transaction } from '@palier/db';
import { type Before, canDecide, canJudge, DecideCase, DecisionView } from '@palier/domain/moderation';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { SignedInContext } from '../context.ts';
import { AppError, insist, orAbsent } from '../errors.ts';
import { newId } from '../ids.ts';
import { mutate, reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { type OutboxEvent, record } from '../record.ts';
import { type CaseRow, claimCase, findCaseRow, findStandingDecision, type StandingDecision } from './cases.queries.ts';
import {
  claimAppealAnswer,
  claimReversal,
  findDecision,
  insertDecision,
  setBefore,
  viewOfDecision,
} from './decisions.queries.ts';
import { type Desk, deskOf } from './desk-scope.ts';
import { claimHidden } from './effects.queries.ts';
import { applyDecision } from './effects.ts';
import { undoDecision } from './undo-decision.ts';

export const CaseId = z.strictObject({ caseId: z.uuid() });

type Ruling = { row: CaseRow; standing: StandingDecision | undefined; input: DecideCase; desk: Desk; now: Date };

/** What a ruling on an open case does. */
const rule = async (
  tx: Transaction,
  { row, input, now }: Ruling,
): Promise<{ before: Before; events: OutboxEvent[] }> => {
  const { id, kind, postId, aboutId, residenceId } = row.case;
  return applyDecision(tx, input, { kind, postId, aboutId, residenceId }, await claimHidden(tx, id, now), now);
};

/** What an answer to an earlier decision does: its effects undone, or nothing; its appeal, if any, is answered. */
const answer = async (
  tx: Transaction,
  { row, standing, input, desk, now }: Ruling,
): Promise<{ before: Before; events: OutboxEvent[] }> => {
  const earlier = orAbsent(standing);
  const isReversed = input.kind === 'reverse';
  await claimAppealAnswer(tx, earlier.id, {
    outcome: isReversed ? 'reversed' : 'upheld',
    answer: input.text,
    decidedBy: desk.accountId,
    decidedAt: now,
  });
  if (!isReversed || !(await claimReversal(tx, earlier.id, now))) return { before: { posts: [] }, events: [] };
  const { events, promises } = await undoDecision(tx, earlier.before, row.case.aboutId, now);
  if (earlier.kind === 'exclude') await setBefore(tx, earlier.id, { ...earlier.before, promises });
  return { before: { posts: [] }, events };
};

/**
 * Rules on a case, with a reason and a sentence that its author reads; the first to answer decides, whoever looks at it besides. `reverse` restores
 * what the earlier decision changed, and says which promises it could not. Codes: `resource.absent`, `case.own`, `case.judged`, `case.closed`, `decision.unfit`.
 */
export const decideCase = async (
  ctx: SignedInContext,
  desk: Desk,
  input: DecideCase & { caseId: string },
): Promise<z.infer<typeof DecisionView>> => {
  const { caseId, ...ruling } = input;
  const row = orAbsent(await findCaseRow(reader(ctx), desk, caseId, ctx.now));
  const { state, subject, kind, residenceId, commune } = row.case;
  const standing = await findStandingDecision(reader(ctx), caseId);
  insist(canJudge({ state, isOwn: row.isOwn, decidedBy: standing?.decidedBy ?? null }, desk.accountId));
  insist(canDecide({ state, subject, kind, lastKind: standing?.kind ?? null }, ruling));
  const id = newId();
  await mutate(ctx, async (tx) => {
    const isAnswer = state !== 'open';
    if (!(await claimCase(tx, caseId, state, isAnswer ? 'closed' : 'decided', ctx.now)))
      throw new AppError('case.closed');
    const effects = await (isAnswer ? answer : rule)(tx, { row, standing, input: ruling, desk, now: ctx.now });
    const decidedAs = desk.residenceIds.includes(residenceId) ? 'referent' : 'coordinator';
    const { days = null, dataProtection = null, reason, text } = ruling;
    await insertDecision(tx, {
      ...{ id, caseId, kind: ruling.kind, reason, text, days, dataProtection, before: effects.before },
      ...{ decidedBy: desk.accountId, decidedAs, createdAt: ctx.now },
    });
    await record(
      tx,
      {
        ...{ at: ctx.now, actorId: desk.accountId, actorRole: decidedAs, action: `case.${ruling.kind}` },
        ...{ subject, subjectId: row.case.subjectId, residenceId, commune, reason, text },
      },
      [{ kind: 'case', change: 'decided', caseId, residenceId, commune }, ...effects.events],
    );
  });
  return viewOfDecision(orAbsent(await findDecision(reader(ctx), id)));
};

const Decided = z.strictObject({ decision: DecisionView });

export const decideCaseRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/moderation/cases/:caseId/decisions',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'cases.decide',
        tags: ['moderation'],
        params: CaseId,
        body: DecideCase,
        response: { 201: Decided, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) => {
      const signedIn = request.account();
      const desk = deskOf(signedIn);
      return createOnce(request, reply, signedIn, Decided, async (ctx) => ({
        decision: await decideCase(ctx, desk, { ...request.body, ...request.params }),
      }));
    },
  );
};
