import fp from 'fastify-plugin';
import { residentsOnly } from '../plugins/scopes.ts';
import { blockResidentRoute } from './block-resident.ts';
import { unblockResidentRoute } from './unblock-resident.ts';

export const moderationRoutes = fp(async (app) => {
  await app.register(residentsOnly(blockResidentRoute, unblockResidentRoute));
});
