import { CommuneCode, InsightsView, ReadInsights } from '@palier/domain/insights';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { SignedInContext } from '../context.ts';
import { orAbsent } from '../errors.ts';
import { reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { findHead, seqHeader } from '../stream-head.ts';
import { logLook, officeOf } from './office.ts';
import { viewInsights } from './view-release.ts';

/** A closed week or month of the officer's commune, or its month's board; the look is logged first. Codes: `role.required`, `resource.absent`. */
export const readInsights = async (
  ctx: SignedInContext,
  { insee, period }: { insee: string; period: string },
): Promise<InsightsView> => {
  const office = officeOf(ctx, insee);
  const view = orAbsent(await viewInsights(ctx, { insee, period }));
  await logLook(ctx, office, 'insights.read', period);
  return view;
};

export const readInsightsRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/communes/:insee/insights',
    {
      schema: {
        operationId: 'insights.read',
        tags: ['insights'],
        params: CommuneCode,
        querystring: ReadInsights,
        response: { 200: InsightsView, ...refusals(404) },
      },
    },
    async (request, reply) => {
      const ctx = request.account();
      reply.header(seqHeader, String(await findHead(reader(ctx))));
      return readInsights(ctx, { ...request.params, ...request.query });
    },
  );
};
