import { Instance } from '@palier/domain/instance';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Env } from '../env.ts';
import { unchanged } from '../plugins/copies.ts';
import { everyone } from '../plugins/scopes.ts';

const required = ['publisher', 'address', 'email', 'host', 'dpo'] as const;

/** What this installation says of itself, and what its operator has still to fill in before people may join in production. */
export const readInstance = (env: Env): Instance => {
  const { name, sourceUrl, publisher, address, email, phone, host, dpo } = env.instance;
  return {
    name,
    sourceUrl,
    version: '0.1.0',
    publisher: publisher ?? null,
    address: address ?? null,
    email: email ?? null,
    phone: phone ?? null,
    host: host ?? null,
    dpo: dpo ?? null,
    demo: env.hasDemo,
    mapStyle: env.mapStyleUrl ?? null,
    missing: required.filter((field) => !env.instance[field]).map((field) => `INSTANCE_${field.toUpperCase()}`),
  };
};

const readInstanceRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/instance',
    { schema: { operationId: 'instance.read', tags: ['instance'], response: { 200: Instance, 304: unchanged } } },
    async (_request, reply) => {
      reply.header('cache-control', 'public, no-cache');
      return readInstance(app.deps.env);
    },
  );
};

export const instanceRoutes = everyone(readInstanceRoute);
