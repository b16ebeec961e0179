import { sql } from 'drizzle-orm';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';

const Bus = z.enum(['local', 'postgres', 'nats', 'polling']);

/** A supervisor that asks while the process is at its busiest must not take it for dead. */
const underLoadToo = (): undefined => undefined;

export const healthRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/health',
    {
      config: { rateLimit: false, pressureHandler: underLoadToo },
      schema: {
        operationId: 'operations.health',
        tags: ['operations'],
        response: { 200: z.strictObject({ status: z.literal('alive') }) },
      },
    },
    async () => ({
      status: 'alive' as const,
    }),
  );
};

/** Ready when the database answers, the migrations are those of this version and the stream is moving; else 503 with what is missing. */
export const readyRoute: FastifyPluginAsyncZod = async (app) => {
  const NotReady = z.strictObject({ bus: Bus, missing: z.array(z.string()) });
  app.get(
    '/ready',
    {
      config: { rateLimit: false, pressureHandler: underLoadToo },
      schema: {
        operationId: 'operations.ready',
        tags: ['operations'],
        response: { 200: z.strictObject({ bus: Bus }), 503: NotReady },
      },
    },
    async (_request, reply) => {
      const missing = [...app.deps.readiness.missing()];
      try {
        await app.deps.db.execute(sql`select 1`);
      } catch {
        missing.push('database');
      }
      const bus = app.deps.readiness.bus();
      return missing.length === 0
        ? reply.code(200).send({ bus })
        : reply.code(503).header('retry-after', '1').send({ bus, missing });
    },
  );
};
