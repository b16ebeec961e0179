import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { unchanged } from '../plugins/copies.ts';

export const openApiRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/openapi.json',
    {
      schema: {
        operationId: 'operations.openApi',
        tags: ['operations'],
        response: { 200: z.record(z.string(), z.unknown()), 304: unchanged },
      },
    },
    async (_request, reply) => {
      return reply
        .type('application/json')
        .header('cache-control', 'public, max-age=300')
        .serializer(JSON.stringify)
        .send(app.swagger() as unknown as Record<string, unknown>);
    },
  );
};
