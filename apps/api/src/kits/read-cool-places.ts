import { CoolPlace } from '@palier/domain/kits';
import { findCommune } from '@palier/places-data';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { orAbsent } from '../errors.ts';
import { unchanged } from '../plugins/copies.ts';
import { refusals } from '../plugins/refusals.ts';
import { listCoolPlaces } from './cool-places.queries.ts';
import { CommunePath } from './kit-path.ts';

/** The public places where it is cool in a commune: anyone's. Code: `resource.absent` (no such commune). */
export const readCoolPlacesRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/communes/:insee/cool-places',
    {
      schema: {
        operationId: 'kits.listCoolPlaces',
        tags: ['kits'],
        params: CommunePath,
        response: {
          200: z.strictObject({ commune: z.string(), items: z.array(CoolPlace), next: z.null() }),
          304: unchanged,
          ...refusals(404),
        },
      },
    },
    async (request, reply) => {
      const commune = orAbsent(findCommune(request.params.insee));
      reply.header('cache-control', 'public, no-cache');
      return { commune: commune.name, items: await listCoolPlaces(app.deps.db, request.params.insee), next: null };
    },
  );
};
