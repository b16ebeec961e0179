import { ResidenceDesk } from '@palier/domain/residences';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { findCharter, listStairs } from '../accounts/index.ts';
import type { SignedInContext } from '../context.ts';
import { orAbsent } from '../errors.ts';
import { refusals } from '../plugins/refusals.ts';
import { careOf, ResidenceId, residenceInCare } from './in-care.ts';
import { listLines, listNotices, listReferents } from './residences.queries.ts';

/** A residence as whoever looks after it reads it. Code: `resource.absent`. */
export const readResidence = async (ctx: SignedInContext, input: { residenceId: string }): Promise<ResidenceDesk> => {
  const { id, territoryId } = await residenceInCare(ctx, input.residenceId);
  const care = careOf(ctx);
  const [lines, stairs, referents, charter, notices] = await Promise.all([
    listLines(ctx.db, care, id),
    listStairs(ctx.db, id),
    listReferents(ctx.db, id),
    findCharter(ctx.db, id),
    listNotices(ctx.db, id, ctx.now),
  ]);
  return {
    residence: orAbsent(lines[0]),
    stairs,
    referents: referents.map(({ since, ...one }) => ({ ...one, since: since.toISOString() })),
    charter,
    notices,
    mayNameReferents: care.territoryIds.includes(territoryId),
  };
};

export const readResidenceRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/residences/:residenceId',
    {
      schema: {
        operationId: 'residences.read',
        tags: ['residences'],
        params: ResidenceId,
        response: { 200: ResidenceDesk, ...refusals(404) },
      },
    },
    (request) => readResidence(request.account(), request.params),
  );
};
