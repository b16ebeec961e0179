import { PageQuery, pageOf } from '@palier/domain/paging';
import { findCommune } from '@palier/places-data';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { cutPage } from '../../cut-page.ts';
import { unchanged } from '../../plugins/copies.ts';
import { refusals } from '../../plugins/refusals.ts';
import { KitPath, slugOf } from '../kit-path.ts';
import { listRunningCommunes } from './campaigns.queries.ts';
import { todayIn } from './today-in.ts';

/** A commune where a kit is open today. */
const Running = z.strictObject({
  insee: z.string(),
  commune: z.string(),
  firstDay: z.iso.date(),
  lastDay: z.iso.date(),
});

/** The communes where a campaign of this kit runs today: anyone's. Code: `resource.absent`. */
export const listRunningRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/kits/:slug/campaigns',
    {
      schema: {
        operationId: 'campaigns.running',
        tags: ['kits'],
        params: KitPath,
        querystring: PageQuery,
        response: { 200: pageOf(Running), 304: unchanged, ...refusals(404) },
      },
    },
    async (request, reply) => {
      const slug = slugOf(request.params);
      const rows = await listRunningCommunes(app.deps.db, slug, todayIn('75056', app.deps.clock()));
      reply.header('cache-control', 'public, no-cache');
      const all = rows
        .map((row) => ({ ...row, commune: findCommune(row.insee)?.name ?? row.insee }))
        .sort((a, b) => a.commune.localeCompare(b.commune, 'fr'));
      return cutPage(app.deps.keys, `running ${slug}`, all, request.query, ({ insee }) => insee);
    },
  );
};
