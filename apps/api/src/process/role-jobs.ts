import { sql } from 'drizzle-orm';
import Fastify from 'fastify';
import type { Deps } from '../context.ts';
import { createDoorbell, startBus } from '../live/index.ts';
import { brokerOf } from './broker.ts';
import { openCore } from './open-core.ts';
import { openJobQueue } from './open-jobs.ts';
import { openSequencer } from './open-sequencer.ts';
import type { Parts } from './parts.ts';

/** The jobs, and a candidate for stamping the stream; no page and no API but how it is. */
export const startJobsRole = async (parts: Parts): Promise<void> => {
  const { env, keys, log, board, door, closers } = parts;
  const { store, db } = await openCore(parts);
  const doorbell = createDoorbell();
  const deps: Deps = { db, env, keys, clock: () => new Date(), doorbell, readiness: board.readiness, log };
  const jobs = await openJobQueue(parts, store, deps);
  const bus = startBus({ url: store.appUrl, log, isHolder: () => false, nats: await brokerOf(env, db) });
  closers.push(bus.stop);
  const sequencer = await openSequencer(store, deps, jobs, doorbell, bus.announce);
  closers.push(sequencer.stop);

  const app = Fastify({ loggerInstance: log, serverFactory: door.serverFactory });
  closers.push(async () => {
    await Promise.all([app.close(), door.drain()]);
  });
  app.get('/api/health', async () => ({ status: 'alive' }));
  app.get('/api/ready', async (_request, reply) => {
    const missing = [...board.readiness.missing()];
    await db.execute(sql`select 1`).catch(() => missing.push('database'));
    return missing.length === 0
      ? { bus: bus.mode() }
      : reply.code(503).header('retry-after', '1').send({ bus: bus.mode(), missing });
  });
  await app.ready();
};
