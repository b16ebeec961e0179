import fp from 'fastify-plugin';
import { signedInOnly } from '../plugins/scopes.ts';
import { exportMeRoute } from './export-me.ts';
import { leaveRoute } from './leave.ts';
import { stayRoute } from './stay.ts';

export { endOngoing } from './end-ongoing.ts';
export { eraseDue } from './erase-due.ts';
export { exportPieces } from './export-me.ts';
export { forgetResident } from './forget-resident.ts';

export const leavingRoutes = fp(async (app) => {
  await app.register(signedInOnly(exportMeRoute, leaveRoute, stayRoute));
});
