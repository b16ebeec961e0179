import type { FastifyPluginAsync } from 'fastify';
import { coordinatorsOnly, everyone, referentsOnly, residentsOnly, townsOnly } from '../plugins/scopes.ts';
import { listMyCampaignsRoute, listResidenceCampaignsRoute } from './campaigns/campaigns-at-home.ts';
import { closeCampaignRoute } from './campaigns/close-campaign.ts';
import { listCampaignsRoute } from './campaigns/list-campaigns.ts';
import { openCampaignRoute, openTerritoryCampaignRoute } from './campaigns/open-campaign.ts';
import { openCampaignRoundRoute } from './campaigns/open-campaign-round.ts';
import { openTaskRoute } from './campaigns/open-task.ts';
import { listRunningRoute } from './campaigns/where-it-runs.ts';
import { type KitCounter, openKitCounter } from './counter.ts';
import { downloadKitRoute } from './download-kit.ts';
import { openDrawing } from './drawing.ts';
import { addCoolPlaceRoute, removeCoolPlaceRoute } from './keep-cool-places.ts';
import { openPapers } from './papers.ts';
import { readCoolPlacesRoute } from './read-cool-places.ts';
import { listKitsRoute, readKitRoute } from './read-kits.ts';

export { readCampaignIndicators } from './campaigns/indicators.ts';
export { refreshCampaigns } from './campaigns/refresh-campaigns.ts';
export { listCoolPlaces } from './cool-places.queries.ts';
export { type KitCounter, openKitCounter } from './counter.ts';

/** The kits; who starts the process gives the counter, to stop it once everything was sent. Without one, the app has its own. */
export const kitsRoutes: FastifyPluginAsync<{ counter: KitCounter | undefined }> = async (app, { counter }) => {
  const own = counter ?? openKitCounter(app.deps);
  if (!counter) app.addHook('onClose', own.stop);
  const drawing = openDrawing(app.deps.env.origin);
  app.addHook('onClose', drawing.stop);
  const papers = openPapers(drawing);
  await app.register(
    everyone(
      listKitsRoute(own),
      readKitRoute(own),
      downloadKitRoute(papers, own),
      readCoolPlacesRoute,
      listRunningRoute,
    ),
  );
  await app.register(coordinatorsOnly(openTerritoryCampaignRoute, openCampaignRoundRoute));
  await app.register(
    townsOnly(openCampaignRoute, listCampaignsRoute, closeCampaignRoute, addCoolPlaceRoute, removeCoolPlaceRoute),
  );
  await app.register(referentsOnly(listResidenceCampaignsRoute));
  await app.register(residentsOnly(listMyCampaignsRoute, openTaskRoute));
};
