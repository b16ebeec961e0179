import { EndSeries, type SeriesView } from '@palier/domain/posts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { refusals } from '../plugins/refusals.ts';
import { actOnSeries, withdrawDates } from './own-series.ts';
import { Read, SeriesId } from './read-series.ts';
import { updateSeries } from './series.queries.ts';

/** Ends one's own series: no date is made any more, those to come are taken back, and whoever had said yes hears of it. Codes: `resource.absent`, `role.required`, `series.ended`. */
export const endSeries = (
  ctx: ResidentContext,
  input: z.infer<typeof EndSeries> & { seriesId: string },
): Promise<SeriesView> => {
  const { seriesId, reason } = input;
  return actOnSeries(ctx, seriesId, {
    action: 'series.end',
    reason,
    perform: async (tx, { dates }) => {
      await updateSeries(tx, seriesId, { endedAt: ctx.now });
      return withdrawDates(tx, dates, reason, ctx.now);
    },
  });
};

export const endSeriesRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/series/:seriesId/end',
    {
      schema: {
        operationId: 'series.end',
        tags: ['series'],
        params: SeriesId,
        body: EndSeries,
        response: { 200: Read, ...refusals(404, 409) },
      },
    },
    async (request) => ({ series: await endSeries(request.resident(), { ...request.body, ...request.params }) }),
  );
};
