import { AppealDecision, canAppeal, DecisionView } from '@palier/domain/moderation';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { SignedInContext } from '../context.ts';
import { AppError, insist, orAbsent } from '../errors.ts';
import { mutate, reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { claimCase, findCaseRow } from './cases.queries.ts';
import { type DecisionRow, findDecision, insertAppeal, viewOfDecision } from './decisions.queries.ts';
import { deskOf } from './desk-scope.ts';

export const DecisionId = z.strictObject({ decisionId: z.uuid() });

/** A decision for whoever it is about. Code: `resource.absent`. */
const findOwn = async (ctx: SignedInContext, decisionId: string): Promise<DecisionRow> => {
  const row = orAbsent(await findDecision(reader(ctx), decisionId));
  if (row.about.accountId !== ctx.actor.accountId) throw new AppError('resource.absent');
  return row;
};

/** A decision, read by whoever it is about, also once they are excluded, or by the desk it was taken at but whoever is a side of it. Code: `resource.absent`. */
export const readDecision = async (
  ctx: SignedInContext,
  input: { decisionId: string },
): Promise<{ decision: z.infer<typeof DecisionView>; isMine: boolean }> => {
  const row = orAbsent(await findDecision(reader(ctx), input.decisionId));
  const isMine = row.about.accountId === ctx.actor.accountId;
  const isStaff = ctx.actor.roles.some(({ role }) => role === 'referent' || role === 'coordinator');
  if (!isMine) {
    const examined = isStaff ? await findCaseRow(reader(ctx), deskOf(ctx), row.case.id, ctx.now) : undefined;
    if (!examined || examined.isOwn) throw new AppError('resource.absent');
  }
  return { decision: viewOfDecision(row), isMine };
};

/**
 * The author's one answer to a decision, within 20 days; somebody else than whoever decided examines it.
 * Codes: `resource.absent`, `appeal.exists`, `appeal.late`.
 */
export const appealDecision = async (
  ctx: SignedInContext,
  input: z.infer<typeof AppealDecision> & { decisionId: string },
): Promise<z.infer<typeof DecisionView>> => {
  const row = await findOwn(ctx, input.decisionId);
  const { decision } = row;
  const { residenceId, commune, id: caseId } = row.case;
  const standing = { ...decision, isReversed: decision.reversedAt !== null, isAppealed: row.appeal !== null };
  insist(canAppeal(standing, ctx.now));
  await mutate(ctx, async (tx) => {
    if (!(await claimCase(tx, caseId, 'decided', 'appealed', ctx.now))) throw new AppError('appeal.late');
    if (!(await insertAppeal(tx, decision.id, input.text, ctx.now))) throw new AppError('appeal.exists');
    const entry = { at: ctx.now, actorId: ctx.actor.accountId, actorRole: 'resident', action: 'case.appeal' } as const;
    await record(
      tx,
      { ...entry, subject: 'decision', subjectId: decision.id, residenceId, commune, text: input.text },
      [{ kind: 'case', change: 'appealed', caseId, residenceId, commune }],
    );
  });
  return viewOfDecision(orAbsent(await findDecision(reader(ctx), decision.id)));
};

const Appealed = z.strictObject({ decision: DecisionView });
const Read = z.strictObject({ decision: DecisionView, isMine: z.boolean() });

export const readDecisionRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/decisions/:decisionId',
    {
      schema: {
        operationId: 'decisions.read',
        tags: ['moderation'],
        params: DecisionId,
        response: { 200: Read, ...refusals(404) },
      },
    },
    async (request) => readDecision(request.account(), request.params),
  );
};

export const appealDecisionRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/decisions/:decisionId/appeal',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'decisions.appeal',
        tags: ['moderation'],
        params: DecisionId,
        body: AppealDecision,
        response: { 201: Appealed, ...refusals(404, 409) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.account(), Appealed, async (ctx) => ({
        decision: await appealDecision(ctx, { ...request.body, ...request.params }),
      })),
  );
};
