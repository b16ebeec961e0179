import fp from 'fastify-plugin';
import { residentsOnly } from '../plugins/scopes.ts';

export const favoursRoutes = fp(async (app) => {
  await app.register(residentsOnly());
});
