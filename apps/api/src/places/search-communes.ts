import { searchCommunes } from '@palier/places-data';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { unchanged } from '../plugins/copies.ts';

const CommuneFound = z.strictObject({
  insee: z.string(),
  name: z.string(),
  department: z.string(),
  postcodes: z.array(z.string()),
  population: z.int().nullable(),
});

export const searchCommunesRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/communes',
    {
      schema: {
        operationId: 'communes.search',
        tags: ['places'],
        querystring: z.strictObject({ q: z.string().min(1).max(100) }),
        response: { 200: z.strictObject({ items: z.array(CommuneFound), next: z.null() }), 304: unchanged },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'public, max-age=86400');
      const items = searchCommunes(request.query.q, 20).map(({ insee, name, department, postcodes, population }) => ({
        insee,
        name,
        department,
        postcodes: [...postcodes],
        population,
      }));
      return { items, next: null };
    },
  );
};
