import { ResidenceLine } from '@palier/domain/residences';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { refusals } from '../plugins/refusals.ts';
import { careOf } from './in-care.ts';
import { listLines } from './residences.queries.ts';

const Lines = z.strictObject({ items: z.array(ResidenceLine), next: z.null() });

/** The residences that the caller looks after, those where something waits first. */
export const listResidencesRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/residences',
    { schema: { operationId: 'residences.list', tags: ['residences'], response: { 200: Lines, ...refusals() } } },
    async (request) => {
      const ctx = request.account();
      return { items: await listLines(ctx.db, careOf(ctx)), next: null };
    },
  );
};
