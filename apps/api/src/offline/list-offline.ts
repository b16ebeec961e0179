import { OfflineResident } from '@palier/domain/offline';
import { PageQuery, pageOf } from '@palier/domain/paging';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { SignedInContext } from '../context.ts';
import { cutPage } from '../cut-page.ts';
import { reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { ResidenceId, residenceInCare } from '../residences/index.ts';
import { listOfflineResidents, offlineView } from './offline.queries.ts';

/** The neighbours without internet of a residence I look after, by name, at most 500. Code: `resource.absent`. */
export const listOffline = async (ctx: SignedInContext, input: { residenceId: string }): Promise<OfflineResident[]> => {
  const home = await residenceInCare(ctx, input.residenceId);
  return (await listOfflineResidents(reader(ctx), home)).map(offlineView);
};

export const listOfflineRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/residences/:residenceId/offline-residents',
    {
      schema: {
        operationId: 'offline.list',
        tags: ['offline'],
        params: ResidenceId,
        querystring: PageQuery,
        response: { 200: pageOf(OfflineResident), ...refusals(404) },
      },
    },
    async (request) => {
      const ctx = request.account();
      const all = await listOffline(ctx, request.params);
      return cutPage(ctx.keys, `offline ${request.params.residenceId}`, all, request.query, ({ id }) => id);
    },
  );
};
