import { timeZoneOfCommune } from '@palier/domain/places';
import { isSeriesDate, type SeriesView, SkipDate } from '@palier/domain/posts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { AppError, orAbsent } from '../errors.ts';
import { refusals } from '../plugins/refusals.ts';
import { findSeriesModel, writeDates } from '../posts/index.ts';
import { actOnSeries, withdrawDates } from './own-series.ts';
import { Read, SeriesId } from './read-series.ts';
import { deleteSkip, insertSkip, type LivingDate, type SeriesRow } from './series.queries.ts';
import { standIn } from './stand-in.ts';

type Input = z.infer<typeof SkipDate> & { seriesId: string };

const isAt = (from: Date) => (post: LivingDate) => post.windowFrom?.getTime() === from.getTime();

/** Refuses an instant at which no coming date of the series begins, made or planned. */
const insistOnDate = (series: SeriesRow, dates: readonly LivingDate[], from: Date, ctx: ResidentContext): void => {
  const first = { from: series.firstFrom, to: series.firstTo };
  const timeZone = timeZoneOfCommune(ctx.actor.commune);
  const isPlanned = isSeriesDate(first, series.every, timeZone, { until: series.until, from });
  if (from <= ctx.now || !(isPlanned || dates.some(isAt(from)))) throw new AppError('series.date');
};

/** Skips one coming date: it is not made, or taken back if it is; the others stay. Skipping twice changes nothing. Codes: `resource.absent`, `role.required`, `series.ended`, `series.date`. */
export const skipDate = (ctx: ResidentContext, { seriesId, from: at }: Input): Promise<SeriesView> => {
  const from = new Date(at);
  return actOnSeries(ctx, seriesId, {
    action: 'series.skip',
    perform: async (tx, { series, dates }) => {
      insistOnDate(series, dates, from, ctx);
      await insertSkip(tx, seriesId, from);
      return withdrawDates(tx, dates.filter(isAt(from)), 'changed-mind', ctx.now);
    },
  });
};

/** Keeps a date that was skipped: it is made again if its turn to be made has passed. Codes: `resource.absent`, `role.required`, `series.ended`, `series.date`. */
export const keepDate = (ctx: ResidentContext, { seriesId, from: at }: Input): Promise<SeriesView> => {
  const from = new Date(at);
  return actOnSeries(ctx, seriesId, {
    action: 'series.keep',
    perform: async (tx, { series, dates }) => {
      insistOnDate(series, dates, from, ctx);
      await deleteSkip(tx, seriesId, from);
      if (from > series.madeUntil || dates.some(isAt(from))) return [];
      const model = orAbsent(await findSeriesModel(tx, seriesId));
      const to = new Date(from.getTime() + series.firstTo.getTime() - series.firstFrom.getTime());
      await writeDates(tx, ctx, { due: series, model, dates: [{ from, to }] }, standIn);
      return [];
    },
  });
};

export const skipDateRoute: FastifyPluginAsyncZod = async (app) => {
  const schema = {
    tags: ['series'],
    params: SeriesId,
    body: SkipDate,
    response: { 200: Read, ...refusals(404, 409, 422) },
  };
  app.post('/series/:seriesId/skip', { schema: { operationId: 'series.skip', ...schema } }, async (request) => ({
    series: await skipDate(request.resident(), { ...request.body, ...request.params }),
  }));
  app.post('/series/:seriesId/keep', { schema: { operationId: 'series.keep', ...schema } }, async (request) => ({
    series: await keepDate(request.resident(), { ...request.body, ...request.params }),
  }));
};
