import fp from 'fastify-plugin';
import { everyone, operatorOnly } from '../plugins/scopes.ts';
import { healthRoute, readyRoute } from './health.ts';
import { metricsRoute } from './metrics.ts';
import { openApiRoute } from './open-api.ts';

export const operationsRoutes = fp(async (app) => {
  await app.register(everyone(healthRoute, readyRoute, openApiRoute));
  await app.register(operatorOnly(metricsRoute));
});
