import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { z } from 'zod';
import { feedMemoryOf, feedReadsOf } from '../posts/index.ts';

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
  gauge('palier_feed_held', 'Open posts held in memory for the feed', () => feedMemoryOf(app.deps.db)?.held.size ?? 0);
  const reached = () => (app.hasDecorator('hub') ? app.hub.reached() : { lookedAt: 0, told: 0 });
  gauge('palier_live_looked_at', 'Sockets looked at to tell of posts', () => reached().lookedAt);
  gauge('palier_live_told', 'Sockets told of posts', () => reached().told);
  gauge('palier_live_slow', 'Sockets closed because their readers took too little', () =>
    app.hasDecorator('hub') ? app.hub.slow() : 0,
  );
  new Counter({
    name: 'palier_feed_reads',
    help: 'Pages of the feed, by what answered them',
    labelNames: ['from'],
    registers: [registry],
    collect() {
      this.reset();
      const { memory, database } = feedReadsOf(app.deps.db);
      this.inc({ from: 'memory' }, memory);
      this.inc({ from: 'database' }, database);
    },
  });
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
