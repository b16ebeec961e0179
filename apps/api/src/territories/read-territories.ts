import { starvingAfterMs } from '@palier/domain/residences';
import { TerritoryView } from '@palier/domain/territories';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { refusals } from '../plugins/refusals.ts';
import { careOf, listLines } from '../residences/index.ts';
import { insistOnCoordinator, territoryInCharge } from './in-charge.ts';

const Territories = z.strictObject({ items: z.array(TerritoryView), next: z.null() });

/** The territories that the caller coordinates, each with its residences and how many queues starve (48 h without an answer). Code: `role.required`. */
export const readTerritories = async (ctx: SignedInContext): Promise<TerritoryView[]> => {
  insistOnCoordinator(ctx);
  return Promise.all(
    careOf(ctx).territoryIds.map(async (id) => {
      const { name } = await territoryInCharge(ctx, id);
      const residences = await listLines(ctx.db, { ...careOf(ctx), residenceIds: [], territoryIds: [id] });
      const since = new Date(ctx.now.getTime() - starvingAfterMs).toISOString();
      const starving = residences.filter(({ oldestWaitingAt: at }) => at !== null && at < since).length;
      return { id, name, residents: residences.reduce((sum, one) => sum + one.residents, 0), starving, residences };
    }),
  );
};

export const readTerritoriesRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/territories',
    {
      schema: { operationId: 'territories.list', tags: ['territories'], response: { 200: Territories, ...refusals() } },
    },
    async (request) => ({ items: await readTerritories(request.account()), next: null }),
  );
};
