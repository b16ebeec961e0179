import { timeZoneOfCommune } from '@palier/domain/places';
import { readersMissing, TerritoryWatch } from '@palier/domain/watch';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { SignedInContext } from '../context.ts';
import { refusals } from '../plugins/refusals.ts';
import { TerritoryId, territoryInCharge } from '../territories/index.ts';
import { looking } from './looking.ts';
import { listGrants, listReaders } from './readers.queries.ts';
import { listSeats } from './seats.queries.ts';
import { listVolunteers } from './volunteers.queries.ts';

/**
 * The watch of a territory as its coordinator sees it: in which residence somebody needs a reader, who may be named, who offers to help. Never who is on it: the wall shows them none of it.
 * Codes: `role.required`, `resource.absent`.
 */
export const readTerritoryWatch = async (
  ctx: SignedInContext,
  input: { territoryId: string },
): Promise<TerritoryWatch> => {
  const { id: territoryId } = await territoryInCharge(ctx, input.territoryId);
  return looking(ctx, { accountId: ctx.actor.accountId }, async (tx) => {
    const seats = await listSeats(tx, territoryId, ctx.now);
    const namings = await listReaders(
      tx,
      seats.map(({ id }) => id),
      ctx.now,
    );
    const grants = await listGrants(tx, territoryId, ctx.now);
    const volunteers = await listVolunteers(tx, territoryId);
    return {
      seats: seats.map(({ commune, joinedAt, ...seat }) => {
        const theirs = namings.filter(({ naming }) => naming.personId === seat.id);
        const missing = readersMissing(
          theirs.map(({ naming }) => naming),
          ctx.now,
        );
        const dated = { joinedAt: joinedAt.toISOString(), timeZone: timeZoneOfCommune(commune) };
        return { ...seat, ...dated, missing, readers: theirs.map(({ line }) => line) };
      }),
      grants: grants.map(({ id, displayName, endsAt }) => ({ id, displayName, endsAt: endsAt.toISOString() })),
      volunteers,
    };
  });
};

export const readTerritoryWatchRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/territories/:territoryId/watch',
    {
      schema: {
        operationId: 'watch.territory',
        tags: ['watch'],
        params: TerritoryId,
        response: { 200: TerritoryWatch, ...refusals(404) },
      },
    },
    (request) => readTerritoryWatch(request.account(), request.params),
  );
};
