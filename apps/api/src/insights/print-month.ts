import { PeriodId, periodOf } from '@palier/domain/insights';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { orAbsent } from '../errors.ts';
import { refusals } from '../plugins/refusals.ts';
import { drawMonth } from './draw-month.ts';
import { logLook, officeOf } from './office.ts';
import { viewInsights } from './view-release.ts';

/** Whatever is no commune of the officer’s is absent, as one that they do not hold. */
const Office = z.strictObject({ insee: z.string().max(40) });
const PrintMonth = z.strictObject({ period: PeriodId.refine((id) => periodOf(id)?.kind === 'month') });

/** A closed month of the officer's commune on two pages for the council; the export is logged first. Codes: `role.required`, `resource.absent`. */
export const printMonth = async (
  ctx: SignedInContext,
  { insee, period }: { insee: string; period: string },
): Promise<Buffer> => {
  const office = officeOf(ctx, insee);
  const view = orAbsent(await viewInsights(ctx, { insee, period }));
  await logLook(ctx, office, 'insights.export', `${period}.pdf`);
  return drawMonth(view, ctx.locale);
};

export const printMonthRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/communes/:insee/insights.pdf',
    {
      schema: {
        operationId: 'insights.print',
        tags: ['insights'],
        params: Office,
        querystring: PrintMonth,
        response: { 200: z.any().describe('application/pdf'), ...refusals(404) },
      },
    },
    async (request, reply) => {
      const pdf = await printMonth(request.account(), { ...request.params, ...request.query });
      return reply
        .type('application/pdf')
        .header('content-disposition', `inline; filename="palier-${request.params.insee}-${request.query.period}.pdf"`)
        .serializer((body: Buffer) => body as unknown as string)
        .send(pdf);
    },
  );
};
