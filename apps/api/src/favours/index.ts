import fp from 'fastify-plugin';
import { everyone, residentsOnly } from '../plugins/scopes.ts';
import { acceptPostRoute } from './accept-post.ts';
import { ownCalendarRoute } from './calendar/own-calendar.ts';
import { readCalendarRoute } from './calendar/read-calendar.ts';
import { completeFavourRoute } from './complete-favour.ts';
import { declineFavourRoute } from './decline-favour.ts';
import { excuseNoShowRoute } from './excuse-no-show.ts';
import { listFavoursRoute } from './list-favours.ts';
import { reportNoShowRoute } from './report-no-show.ts';
import { setPlacesRoute } from './set-places.ts';
import { thankHelperRoute } from './thank-helper.ts';
import { withdrawFavourRoute } from './withdraw-favour.ts';

export { leavePlace } from './act-on-favour.ts';
export { claimPlace } from './claim-place.queries.ts';
export { lockPostOfFavour } from './favours.queries.ts';
export { remindFavours } from './remind-favours.ts';
export { restoreFavour } from './restore-favour.ts';
export { withdrawFavour } from './withdraw-favour.ts';

export const favoursRoutes = fp(async (app) => {
  await app.register(
    residentsOnly(
      acceptPostRoute,
      listFavoursRoute,
      withdrawFavourRoute,
      declineFavourRoute,
      completeFavourRoute,
      reportNoShowRoute,
      thankHelperRoute,
      excuseNoShowRoute,
      setPlacesRoute,
      ownCalendarRoute,
    ),
  );
  await app.register(everyone(readCalendarRoute));
});
