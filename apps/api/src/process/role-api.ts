import { openHashing } from '../accounts/index.ts';
import { buildApp } from '../app.ts';
import type { Deps } from '../context.ts';
import { openJobs } from '../jobs/boss.ts';
import { jobHandlers } from '../jobs/handlers.ts';
import { openMailer } from '../notifications/index.ts';
import { loadDemo } from '../operator/load-demo.ts';
import { migrateStore, openStorePool } from './database.ts';
import type { Parts } from './parts.ts';
import { openStore } from './store.ts';
import { hasWeb, inProcess, mountWeb } from './web-mount.ts';

/** Everything but a page alone: the database, then the API, the stream and the jobs as the role says. */
export const startApiRole = async ({ env, keys, log, say, board, door, closers }: Parts): Promise<void> => {
  for (const part of ['database', 'migrations', 'jobs']) board.undone(part);
  const store = await openStore(env, say);
  closers.push(store.stop);
  await migrateStore(store, say);
  const db = await openStorePool(store, env.role, log);
  closers.push(() => db.$client.end());
  board.done('database');
  board.done('migrations');
  if (env.hasDemo && env.role === 'all')
    await loadDemo({ appUrl: store.appUrl, dataDir: env.dataDir, keys, hashing: openHashing(), now: new Date(), say });

  const deps: Deps = {
    db,
    env,
    keys,
    clock: () => new Date(),
    doorbell: { ring: () => undefined },
    readiness: board.readiness,
    log,
  };
  const isWorker = env.role !== 'api';
  const jobs = await openJobs({ url: store.appUrl, isWorker, onError: (error) => log.warn({ err: error }, 'jobs') });
  closers.push(jobs.stop);
  if (isWorker) {
    const mailer = openMailer(env, say);
    closers.push(async () => mailer.close());
    await jobs.work(jobHandlers(deps, mailer));
  }
  board.done('jobs');

  const app = await buildApp(deps, { serverFactory: door.serverFactory, shedsLoad: true });
  closers.push(() => app.close());
  if (env.role === 'all' && hasWeb()) await mountWeb(app, env.origin, inProcess(app));
  await app.ready();
};
