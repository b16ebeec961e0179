import fp from 'fastify-plugin';
import { coordinatorsOnly, readersOnly, referentsOnly, residentsOnly } from '../plugins/scopes.ts';
import { announceReaderRoute } from './announce-reader.ts';
import { editWatchRoute, renewWatchRoute } from './edit-watch.ts';
import { endReaderRoleRoute, grantReaderRoute } from './grant-reader.ts';
import { joinWatchRoute } from './join-watch.ts';
import { listWatchedRoute } from './list-watched.ts';
import { endReaderRoute, nameReaderRoute } from './name-reader.ts';
import { readEntryRoute, readSheetRoute } from './read-entry.ts';
import { listMyReadingsRoute, readMyWatchRoute } from './read-my-watch.ts';
import { readTerritoryWatchRoute } from './read-territory-watch.ts';
import { recordSlipRoute } from './record-slip.ts';
import { refuseReaderRoute } from './refuse-reader.ts';
import { acceptVolunteerRoute, endVolunteerRoute, offerToWatchRoute, stopWatchingRoute } from './volunteer.ts';
import { withdrawByPhoneRoute } from './withdraw-by-phone.ts';
import { withdrawWatchRoute } from './withdraw-watch.ts';

export { tickWatch } from './tick-watch.ts';

export const watchRoutes = fp(async (app) => {
  await app.register(
    residentsOnly(
      joinWatchRoute,
      editWatchRoute,
      renewWatchRoute,
      withdrawWatchRoute,
      readMyWatchRoute,
      listMyReadingsRoute,
      refuseReaderRoute,
      offerToWatchRoute,
      stopWatchingRoute,
    ),
  );
  await app.register(referentsOnly(withdrawByPhoneRoute));
  await app.register(
    readersOnly(listWatchedRoute, readEntryRoute, readSheetRoute, recordSlipRoute, announceReaderRoute),
  );
  await app.register(
    coordinatorsOnly(
      readTerritoryWatchRoute,
      grantReaderRoute,
      endReaderRoleRoute,
      nameReaderRoute,
      endReaderRoute,
      acceptVolunteerRoute,
      endVolunteerRoute,
    ),
  );
});
