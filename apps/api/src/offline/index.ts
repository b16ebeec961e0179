import fp from 'fastify-plugin';
import { referentsOnly, signedInOnly } from '../plugins/scopes.ts';
import { closeActingRoute } from './close-acting.ts';
import { listOfflineRoute } from './list-offline.ts';
import { openActingRoute } from './open-acting.ts';
import { readActingRoute } from './read-acting.ts';
import { readSheetRoute } from './read-sheet.ts';
import { welcomeOfflineRoute } from './welcome-offline.ts';

export const offlineRoutes = fp(async (app) => {
  await app.register(
    referentsOnly(listOfflineRoute, welcomeOfflineRoute, openActingRoute, readActingRoute, readSheetRoute),
  );
  await app.register(signedInOnly(closeActingRoute));
});
