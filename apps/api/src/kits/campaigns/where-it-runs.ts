import { findCommune } from '@palier/places-data';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { unchanged } from '../../plugins/copies.ts';
import { refusals } from '../../plugins/refusals.ts';
import { KitPath, slugOf } from '../kit-path.ts';
import { listRunningCommunes } from './campaigns.queries.ts';
import { todayIn } from './open-campaign.ts';

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
        response: {
          200: z.strictObject({ items: z.array(Running), next: z.null() }),
          304: unchanged,
          ...refusals(404),
        },
      },
    },
    async (request, reply) => {
      const rows = await listRunningCommunes(app.deps.db, slugOf(request.params), todayIn('75056', app.deps.clock()));
      reply.header('cache-control', 'public, no-cache');
      const items = rows.map((row) => ({ ...row, commune: findCommune(row.insee)?.name ?? row.insee }));
      return { items: items.sort((a, b) => a.commune.localeCompare(b.commune, 'fr')), next: null };
    },
  );
};
