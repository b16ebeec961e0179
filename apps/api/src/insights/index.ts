import fp from 'fastify-plugin';
import { everyone, officersOnly, residentsOnly, townsOnly } from '../plugins/scopes.ts';
import { exportCsvRoute } from './export-csv.ts';
import { addUsefulNumberRoute, listUsefulNumbersRoute, removeUsefulNumberRoute } from './messages/keep-numbers.ts';
import { listMyTownMessagesRoute, listTownMessagesRoute, readTownDeskRoute } from './messages/read-messages.ts';
import { writeTownMessageRoute } from './messages/write-message.ts';
import { openDataRoute, openSchemasRoute } from './open-data.ts';
import { printMonthRoute } from './print-month.ts';
import { readInsightsRoute } from './read-insights.ts';
import { readYearRoute } from './read-year.ts';
import { setHourlyRoute } from './set-hourly.ts';
import { setPublicRoute } from './set-public.ts';
import { readSideBySideRoute } from './side-by-side.ts';

export { auditReleases } from './audit-releases.ts';
export { buildReleases } from './build-releases.ts';
export { correctRelease } from './correct-release.ts';
export { importOutlines } from './import-outlines.ts';
export { openTownHall } from './open-town-hall.ts';
export { refreshBoards } from './refresh-boards.ts';

export const insightsRoutes = fp(async (app) => {
  await app.register(
    officersOnly(readInsightsRoute, exportCsvRoute, printMonthRoute, setHourlyRoute, setPublicRoute, readYearRoute),
  );
  await app.register(townsOnly(readSideBySideRoute));
  await app.register(everyone(openDataRoute, openSchemasRoute));
  await app.register(
    officersOnly(readTownDeskRoute, writeTownMessageRoute, addUsefulNumberRoute, removeUsefulNumberRoute),
  );
  await app.register(everyone(listTownMessagesRoute, listUsefulNumbersRoute));
  await app.register(residentsOnly(listMyTownMessagesRoute));
});
