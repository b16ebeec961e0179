import { PageQuery, pageOf } from '@palier/domain/paging';
import { FoundAddress, FoundAddresses } from '@palier/domain/territories';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { cutPage } from '../cut-page.ts';
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
        querystring: PageQuery.extend({
          q: z
            .string()
            .trim()
            .min(3)
            .max(200)
            .regex(/^[\p{L}\p{N}]/u),
        }),
        response: { 200: FoundAddresses.extend(pageOf(FoundAddress).shape), ...refusals() },
      },
    },
    async (request) => {
      const ctx = request.account();
      insistOnCoordinator(ctx);
      const { state, items: all } = await ask(request.query.q);
      const scope = `addresses ${ctx.actor.accountId} ${request.query.q}`;
      return { state, ...cutPage(ctx.keys, scope, all, request.query, ({ label, pin }) => `${label} ${pin}`) };
    },
  );
};
