import fp from 'fastify-plugin';
import { residentsOnly } from '../plugins/scopes.ts';
import { editSeriesRoute } from './edit-series.ts';
import { endSeriesRoute } from './end-series.ts';
import { listSeriesRoute, readSeriesRoute } from './read-series.ts';
import { skipDateRoute } from './skip-date.ts';
import { standRoute } from './stand.ts';

export { standIn } from './stand-in.ts';

export const seriesRoutes = fp(async (app) => {
  await app.register(
    residentsOnly(listSeriesRoute, readSeriesRoute, skipDateRoute, endSeriesRoute, editSeriesRoute, standRoute),
  );
});
