import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { z } from 'zod';

/** Prometheus text for the operator: the process's own figures, the pool's and the stream's; nothing about people. */
export const metricsRoute: FastifyPluginAsyncZod = async (app) => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const pool = app.deps.db.$client;
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  gauge('palier_pool_clients', 'Connections of the pool', () => pool.totalCount);
  gauge('palier_pool_waiting', 'Calls waiting for a connection', () => pool.waitingCount);
  gauge('palier_live_sockets', 'Open live sockets', () => app.deps.readiness.sockets());
  gauge('palier_live_head', 'Head of the stream as this process knows it', () => app.deps.readiness.head());
  app.addHook('onClose', async () => registry.clear());
  app.get(
    '/metrics',
    {
      config: { rateLimit: false },
      schema: { operationId: 'operations.metrics', tags: ['operations'], response: { 200: z.string() } },
    },
    async (_request, reply) => {
      const text = await registry.metrics();
      return reply.type(registry.contentType).serializer(String).send(text);
    },
  );
};
