import { CaseCard, ListCases } from '@palier/domain/moderation';
import { pageOf } from '@palier/domain/paging';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { openCursor, sealCursor } from '../cursor.ts';
import { reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { findHead, seqHeader } from '../stream-head.ts';
import { cardOfCase } from './case-view.ts';
import { listCaseRows, listReports } from './cases.queries.ts';
import { type Desk, deskOf } from './desk-scope.ts';

const Page = pageOf(CaseCard);

/** What waits on a desk, the oldest first, or what was decided there; never what is the reader's own. Code: `cursor.invalid`. */
export const listCases = async (ctx: SignedInContext, desk: Desk, query: ListCases): Promise<z.infer<typeof Page>> => {
  const isWaiting = query.state === 'waiting';
  const list = `cases ${query.state}`;
  const sealed = query.cursor === undefined ? null : openCursor(ctx.keys, list, query.cursor);
  const after = sealed && { at: new Date(Number(sealed[0])), id: String(sealed[1]) };
  const rows = await listCaseRows(reader(ctx), desk, { isWaiting, after, limit: query.limit + 1 }, ctx.now);
  const shown = rows.slice(0, query.limit);
  const reports = await listReports(
    reader(ctx),
    shown.map((row) => row.case.id),
  );
  const last = rows.length > shown.length ? shown.at(-1)?.case : undefined;
  return {
    items: shown.map((row) =>
      cardOfCase(
        row,
        reports.filter(({ caseId }) => caseId === row.case.id),
        ctx.now,
      ),
    ),
    next: last ? sealCursor(ctx.keys, list, [(isWaiting ? last.createdAt : last.updatedAt).getTime(), last.id]) : null,
  };
};

export const listCasesRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/moderation/cases',
    {
      schema: {
        operationId: 'cases.list',
        tags: ['moderation'],
        querystring: ListCases,
        response: { 200: Page, ...refusals() },
      },
    },
    async (request, reply) => {
      const ctx = request.account();
      reply.header(seqHeader, String(await findHead(ctx.db)));
      return listCases(ctx, deskOf(ctx), request.query);
    },
  );
};
