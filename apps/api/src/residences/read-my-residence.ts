import { movesAllowed } from '@palier/domain/accounts';
import { MyResidence } from '@palier/domain/residences';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { countMoves, findCharter, findSigned } from '../accounts/index.ts';
import type { ResidentContext } from '../context.ts';
import { refusals } from '../plugins/refusals.ts';
import { listNotices, listReferents } from './residences.queries.ts';

/** My residence: who looks after it, its charter and the version I signed, its board, and how often I may still move. */
export const readMyResidence = async (ctx: ResidentContext): Promise<MyResidence> => {
  const { residentId, residenceId } = ctx.actor;
  const since = new Date(ctx.now.getTime() - movesAllowed.windowMs);
  const [referents, charter, signedVersion, notices, moves] = await Promise.all([
    listReferents(ctx.db, residenceId),
    findCharter(ctx.db, residenceId),
    findSigned(ctx.db, residentId, residenceId),
    listNotices(ctx.db, residenceId, ctx.now),
    countMoves(ctx.db, residentId, since),
  ]);
  return {
    referents: referents.map(({ displayName }) => displayName),
    charter,
    signedVersion,
    notices,
    movesLeft: Math.max(0, movesAllowed.max - moves),
  };
};

export const readMyResidenceRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/me/residence',
    { schema: { operationId: 'residence.mine', tags: ['residences'], response: { 200: MyResidence, ...refusals() } } },
    (request) => readMyResidence(request.resident()),
  );
};
