import { FoundAddresses } from '@palier/domain/territories';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { refusals } from '../plugins/refusals.ts';
import { createGeocoder } from './geocoder.ts';
import { insistOnCoordinator } from './in-charge.ts';

/** Addresses for a coordinator who opens a residence; without network, an empty list that says so. */
export const searchAddressesRoute: FastifyPluginAsyncZod = async (app) => {
  const ask = createGeocoder(app.deps.env.geocoderUrl, app.deps.clock);
  app.get(
    '/geocoding',
    {
      schema: {
        operationId: 'addresses.search',
        tags: ['territories'],
        querystring: z.strictObject({
          q: z
            .string()
            .trim()
            .min(3)
            .max(200)
            .regex(/^[\p{L}\p{N}]/u),
        }),
        response: { 200: FoundAddresses, ...refusals() },
      },
    },
    (request) => {
      insistOnCoordinator(request.account());
      return ask(request.query.q);
    },
  );
};
