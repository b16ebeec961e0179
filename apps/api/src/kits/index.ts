import type { FastifyPluginAsync } from 'fastify';
import { coordinatorsOnly, everyone } from '../plugins/scopes.ts';
import { type KitCounter, openKitCounter } from './counter.ts';
import { downloadKitRoute } from './download-kit.ts';
import { addCoolPlaceRoute, removeCoolPlaceRoute } from './keep-cool-places.ts';
import { openPapers } from './papers.ts';
import { readCoolPlacesRoute } from './read-cool-places.ts';
import { listKitsRoute, readKitRoute } from './read-kits.ts';

export { type KitCounter, openKitCounter } from './counter.ts';

/** The kits; who starts the process gives the counter, to stop it once everything was sent. Without one, the app has its own. */
export const kitsRoutes: FastifyPluginAsync<{ counter: KitCounter | undefined }> = async (app, { counter }) => {
  const own = counter ?? openKitCounter(app.deps);
  if (!counter) app.addHook('onClose', own.stop);
  const papers = openPapers(app.deps.env.origin);
  await app.register(
    everyone(listKitsRoute(own), readKitRoute(own), downloadKitRoute(papers, own), readCoolPlacesRoute),
  );
  await app.register(coordinatorsOnly(addCoolPlaceRoute, removeCoolPlaceRoute));
};
