import { PageQuery, pageOf } from '@palier/domain/paging';
import { searchCommunes } from '@palier/places-data';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { cutPage } from '../cut-page.ts';
import { unchanged } from '../plugins/copies.ts';
import { refusals } from '../plugins/refusals.ts';

const CommuneFound = z.strictObject({
  insee: z.string(),
  name: z.string(),
  department: z.string(),
  postcodes: z.array(z.string()),
  population: z.int().nullable(),
});

const foundMax = 100;

export const searchCommunesRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/communes',
    {
      schema: {
        operationId: 'communes.search',
        tags: ['places'],
        querystring: PageQuery.extend({ q: z.string().min(1).max(100) }),
        response: { 200: pageOf(CommuneFound), 304: unchanged, ...refusals() },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'public, max-age=86400');
      const { q } = request.query;
      const all = searchCommunes(q, foundMax).map(({ insee, name, department, postcodes, population }) => ({
        insee,
        name,
        department,
        postcodes: [...postcodes],
        population,
      }));
      return cutPage(app.deps.keys, `communes ${q}`, all, request.query, ({ insee }) => insee);
    },
  );
};
