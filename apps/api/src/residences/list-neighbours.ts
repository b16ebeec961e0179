import { pageOf } from '@palier/domain/paging';
import { ListNeighbours, NeighbourLine } from '@palier/domain/residences';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { openCursor, sealCursor } from '../cursor.ts';
import { refusals } from '../plugins/refusals.ts';
import { ResidenceId, residenceInCare } from './in-care.ts';
import { listNeighbours as listRows } from './neighbours.queries.ts';

const Page = pageOf(NeighbourLine);

/** The residents of a residence, for whoever looks after it. Codes: `resource.absent`, `cursor.invalid`. */
export const listNeighbours = async (
  ctx: SignedInContext,
  input: z.infer<typeof ListNeighbours> & { residenceId: string },
): Promise<z.infer<typeof Page>> => {
  const residence = await residenceInCare(ctx, input.residenceId);
  const scope = `neighbours ${residence.id}`;
  const [at, id] = input.cursor ? openCursor(ctx.keys, scope, input.cursor) : [];
  const after = at === undefined ? null : { at: Number(at), id: String(id) };
  const rows = await listRows(ctx.db, residence.id, after, input.limit + 1);
  const shown = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? shown.at(-1) : undefined;
  return {
    items: shown.map((row) => ({ ...row, joinedAt: row.joinedAt.toISOString() })),
    next: last ? sealCursor(ctx.keys, scope, [last.joinedAt.getTime(), last.id]) : null,
  };
};

export const listNeighboursRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/residences/:residenceId/residents',
    {
      schema: {
        operationId: 'residences.residents',
        tags: ['residences'],
        params: ResidenceId,
        querystring: ListNeighbours,
        response: { 200: Page, ...refusals(404) },
      },
    },
    (request) => listNeighbours(request.account(), { ...request.params, ...request.query }),
  );
};
