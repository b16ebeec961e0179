import { AuditItem, ListAudit } from '@palier/domain/moderation';
import { pageOf } from '@palier/domain/paging';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { openCursor, sealCursor } from '../cursor.ts';
import { hashAuditRow, hashLink } from '../live/index.ts';
import { mutate, reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { listAuditRows } from './audit.queries.ts';
import { type Desk, deskOf } from './desk-scope.ts';

const Page = pageOf(AuditItem);
type Row = Awaited<ReturnType<typeof listAuditRows>>[number];

/** Whether an act and its link are what was chained: the row's hash, and the link's of it and of the one before. */
const isWhole = ({ row, link }: Row): boolean =>
  link === null || (hashAuditRow(row) === link.rowHash && hashLink(link.prevHash, link.rowHash) === link.hash);

const itemOf = (found: Row): AuditItem => {
  const { row, actor, about, residence, link } = found;
  const { id, at, actorRole, action, subject, subjectId, reason } = row;
  return {
    ...{ id, at: at.toISOString(), actorRole, actor, action, about, subject, subjectId, residence, reason, link },
    isWhole: isWhole(found),
  };
};

/**
 * The log of a desk, the newest first: who did what to whom, why and when, each act with its proof. Reading it is logged first, and so the reading shows itself.
 * Code: `cursor.invalid`.
 */
export const listAudit = async (ctx: SignedInContext, desk: Desk, query: ListAudit): Promise<z.infer<typeof Page>> => {
  const { cursor, limit, ...filters } = query;
  const sealed = cursor === undefined ? null : openCursor(ctx.keys, 'audit', cursor);
  const after = sealed && { at: new Date(Number(sealed[0])), id: String(sealed[1]) };
  await mutate(ctx, (tx) => {
    const residenceId = desk.residenceIds.find((id) => id === filters.residenceId) ?? desk.residenceIds[0];
    const entry = { at: ctx.now, actorId: desk.accountId, actorRole: desk.as, action: 'audit.read' } as const;
    return record(tx, { ...entry, subject: 'audit', ...(residenceId && { residenceId }) });
  });
  const rows = await listAuditRows(reader(ctx), desk, { ...filters, after, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1)?.row : undefined;
  return { items: shown.map(itemOf), next: last ? sealCursor(ctx.keys, 'audit', [last.at.getTime(), last.id]) : null };
};

export const listAuditRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/audit',
    {
      schema: {
        operationId: 'audit.list',
        tags: ['moderation'],
        querystring: ListAudit,
        response: { 200: Page, ...refusals() },
      },
    },
    async (request) => {
      const ctx = request.account();
      return listAudit(ctx, deskOf(ctx), request.query);
    },
  );
};
