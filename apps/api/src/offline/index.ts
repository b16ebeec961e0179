import fp from 'fastify-plugin';
import { referentsOnly, signedInOnly, visitors } from '../plugins/scopes.ts';
import { closeActingRoute } from './close-acting.ts';
import { closeScreenRoute } from './close-screen.ts';
import { forgetOfflineRoute } from './forget-offline.ts';
import { listOfflineRoute } from './list-offline.ts';
import { openActingRoute } from './open-acting.ts';
import { listScreensRoute, openScreenRoute } from './open-screen.ts';
import { readActingRoute } from './read-acting.ts';
import { printBoardRoute, readBoardRoute } from './read-board.ts';
import { readHallRoute } from './read-hall.ts';
import { readSheetRoute } from './read-sheet.ts';
import { welcomeOfflineRoute } from './welcome-offline.ts';

export { insertOfflineResident, isStairOf } from './offline.queries.ts';

export const offlineRoutes = fp(async (app) => {
  await app.register(
    referentsOnly(
      listOfflineRoute,
      welcomeOfflineRoute,
      openActingRoute,
      readActingRoute,
      readSheetRoute,
      forgetOfflineRoute,
    ),
  );
  await app.register(referentsOnly(readBoardRoute, printBoardRoute));
  await app.register(referentsOnly(listScreensRoute, openScreenRoute, closeScreenRoute));
  await app.register(visitors(readHallRoute));
  await app.register(signedInOnly(closeActingRoute));
});
