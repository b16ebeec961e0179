import { CoolPlace } from '@palier/domain/kits';
import { PageQuery, pageOf } from '@palier/domain/paging';
import { findCommune } from '@palier/places-data';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { cutPage } from '../cut-page.ts';
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
        querystring: PageQuery,
        response: {
          200: pageOf(CoolPlace).extend({ commune: z.string() }),
          304: unchanged,
          ...refusals(404),
        },
      },
    },
    async (request, reply) => {
      const { insee } = request.params;
      const { name } = orAbsent(findCommune(insee));
      reply.header('cache-control', 'public, no-cache');
      const all = await listCoolPlaces(app.deps.db, insee);
      return { commune: name, ...cutPage(app.deps.keys, `cool ${insee}`, all, request.query, ({ id }) => id) };
    },
  );
};
