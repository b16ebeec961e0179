import { PageQuery, pageOf } from '@palier/domain/paging';
import { starvingAfterMs } from '@palier/domain/residences';
import { TerritoryView } from '@palier/domain/territories';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { SignedInContext } from '../context.ts';
import { cutPage } from '../cut-page.ts';
import { refusals } from '../plugins/refusals.ts';
import { careOf, listLines } from '../residences/index.ts';
import { insistOnCoordinator, territoryInCharge } from './in-charge.ts';

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
      schema: {
        operationId: 'territories.list',
        tags: ['territories'],
        querystring: PageQuery,
        response: { 200: pageOf(TerritoryView), ...refusals() },
      },
    },
    async (request) => {
      const ctx = request.account();
      const all = await readTerritories(ctx);
      return cutPage(ctx.keys, `territories ${ctx.actor.accountId}`, all, request.query, ({ id }) => id);
    },
  );
};
