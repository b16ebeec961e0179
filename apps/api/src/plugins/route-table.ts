import type { RouteOptions } from 'fastify';
import fp from 'fastify-plugin';
import type { ScopeName } from './scopes.ts';

/** One route as it was declared: what the guards and the authorisation matrix are written over. */
export type DeclaredRoute = {
  method: string;
  url: string;
  operationId: string;
  scope: ScopeName;
  isCreating: boolean;
  answers: string[];
};

declare module 'fastify' {
  interface FastifyInstance {
    routeTable: DeclaredRoute[];
  }
}

/** Deny by default: a route under /api without a scope, or without an operationId, keeps the whole app from starting. */
export const routeTable = fp(async (app) => {
  const table: DeclaredRoute[] = [];
  const seen: RouteOptions[] = [];
  app.decorate('routeTable', table);
  app.addHook('onRoute', (route) => {
    if (route.url.startsWith('/api') && !route.url.startsWith('/api/docs') && !route.schema?.hide) seen.push(route);
  });
  // Read once everything is declared: the scopes' own hooks run after this one.
  app.addHook('onReady', async () => {
    const undeclared: string[] = [];
    for (const { method: methods, url, schema, config } of seen)
      for (const method of [methods].flat().filter((one) => one !== 'HEAD')) {
        const { operationId, response = {} } = (schema ?? {}) as { operationId?: string; response?: object };
        if (config?.scope && operationId) {
          const isCreating = config.isCreating === true;
          table.push({ method, url, operationId, scope: config.scope, isCreating, answers: Object.keys(response) });
        } else undeclared.push(`${method} ${url}`);
      }
    if (undeclared.length > 0) throw new Error(`routes without a scope or an operationId: ${undeclared.join(', ')}`);
  });
});
