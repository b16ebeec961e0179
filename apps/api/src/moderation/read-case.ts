import { answersOf, CaseDetail, canJudge } from '@palier/domain/moderation';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { insist, orAbsent } from '../errors.ts';
import { reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { findHead, seqHeader } from '../stream-head.ts';
import { findNewcomer } from './arrivals.queries.ts';
import { cardOfCase } from './case-view.ts';
import { findCaseRow, findStandingDecision, listReports } from './cases.queries.ts';
import { CaseId } from './decide-case.ts';
import { listDecisions, viewOfDecision } from './decisions.queries.ts';
import { type Desk, deskOf } from './desk-scope.ts';
import { listAround } from './reported-messages.queries.ts';

/**
 * One case, whole, for whoever may judge it: the words in question, what was reported and decided, and what may be answered. A reported message comes with
 * three around it; nothing else of a conversation. Codes: `resource.absent`, `case.own`.
 */
export const readCase = async (
  ctx: SignedInContext,
  desk: Desk,
  input: { caseId: string },
): Promise<z.infer<typeof CaseDetail>> => {
  const db = reader(ctx);
  const row = orAbsent(await findCaseRow(db, desk, input.caseId, ctx.now));
  const { id, state, subject, subjectId, kind, aboutId } = row.case;
  insist(canJudge({ state: 'open', isOwn: row.isOwn, decidedBy: null }, desk.accountId));
  const standing = await findStandingDecision(db, id);
  const reports = await listReports(db, [id]);
  const decisions = await listDecisions(db, id);
  const mayJudge = canJudge({ state, isOwn: row.isOwn, decidedBy: standing?.decidedBy ?? null }, desk.accountId).ok;
  return {
    ...cardOfCase(row, reports, ctx.now),
    words: row.post ? [row.post.title, row.post.details].filter(Boolean).join('\n\n') : '',
    around: subject === 'message' ? await listAround(db, subjectId, aboutId) : [],
    remarks: reports
      .filter(({ text }) => text !== '')
      .map(({ reason, text, at }) => ({ reason, text, createdAt: at.toISOString() })),
    decisions: decisions.map(viewOfDecision),
    newcomer: kind === 'arrival' ? await findNewcomer(db, aboutId) : null,
    mayDecide: mayJudge ? [...answersOf({ state, subject, kind, lastKind: standing?.kind ?? null })] : [],
  };
};

const Read = z.strictObject({ case: CaseDetail });

export const readCaseRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/moderation/cases/:caseId',
    {
      schema: {
        operationId: 'cases.read',
        tags: ['moderation'],
        params: CaseId,
        response: { 200: Read, ...refusals(404) },
      },
    },
    async (request, reply) => {
      const ctx = request.account();
      const desk = deskOf(ctx);
      reply.header(seqHeader, String(await findHead(ctx.db)));
      return { case: await readCase(ctx, desk, request.params) };
    },
  );
};
