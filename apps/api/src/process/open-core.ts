import type { Database } from '@palier/db';
import { openHashing } from '../accounts/index.ts';
import { loadDemo } from '../operator/load-demo.ts';
import { migrateStore, openStorePool } from './database.ts';
import type { Parts } from './parts.ts';
import { openStore, type Store } from './store.ts';

/** The database, at this version, with the demo territory in it on the first start; `isFirst` says that it was just loaded. */
export const openCore = async ({
  env,
  keys,
  log,
  say,
  board,
  closers,
}: Parts): Promise<{ store: Store; db: Database; isFirst: boolean }> => {
  const store = await openStore(env, say);
  closers.push(store.stop);
  await migrateStore(store, say);
  const db = await openStorePool(store, env.role, log);
  closers.push(() => db.$client.end());
  board.done('database');
  const demo = { appUrl: store.appUrl, dataDir: env.dataDir, keys, hashing: openHashing(), now: new Date(), say };
  const isFirst = env.hasDemo && env.role === 'all' && (await loadDemo(demo));
  return { store, db, isFirst };
};
