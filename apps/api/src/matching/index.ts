import fp from 'fastify-plugin';
import { residentsOnly } from '../plugins/scopes.ts';
import { confirmNeedRoute } from './confirm-need.ts';
import { editInterestRoute } from './edit-interest.ts';
import { listInterestsRoute } from './list-interests.ts';
import { listMatchesRoute } from './list-matches.ts';
import { readReachRoute } from './read-reach.ts';
import { removeInterestRoute } from './remove-interest.ts';
import { saveInterestRoute } from './save-interest.ts';
import { widenPostRoute } from './widen-post.ts';

export { endMatching } from './end-matching.ts';
export { matchPost } from './match-post.ts';
export { matchUnplanned } from './match-unplanned.ts';
export { tellDue, tellPost } from './tell-due.ts';

export const matchingRoutes = fp(async (app) => {
  await app.register(residentsOnly(listMatchesRoute, readReachRoute, widenPostRoute, confirmNeedRoute));
  await app.register(residentsOnly(listInterestsRoute, saveInterestRoute, editInterestRoute, removeInterestRoute));
});
