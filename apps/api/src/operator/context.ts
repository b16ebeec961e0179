import { type Hashing, openHashing } from '../accounts/index.ts';
import type { Context } from '../context.ts';
import type { Env } from '../env.ts';
import { openKeys } from '../keys.ts';
import { openStorePool } from '../process/database.ts';
import { openLog } from '../process/log.ts';
import { type OperatorStore, openOperatorStore } from './open-store.ts';
import { settleStream } from './settle-stream.ts';

/** A command's call: nobody is signed in, whoever can read DATA_DIR is the operator. */
export type OperatorContext = Context<null> & { hashing: Hashing; store: OperatorStore; say: (line: string) => void };

/** Runs a command over the deployment's database and closes everything behind it. */
export const withOperator = async <T>(
  env: Env,
  say: (line: string) => void,
  work: (ctx: OperatorContext) => Promise<T>,
): Promise<T> => {
  const log = openLog(env);
  const store = await openOperatorStore(env, say);
  try {
    const db = await openStorePool(store, 'jobs', log);
    const now = new Date();
    const readiness = { missing: () => [], bus: () => 'polling' as const, sockets: () => 0, head: () => 0 };
    try {
      const shared = {
        db,
        env,
        keys: openKeys(env.dataDir, env.secret),
        clock: () => new Date(),
        doorbell: { ring: () => undefined },
        readiness,
        log,
      };
      const result = await work({
        ...shared,
        actor: null,
        now,
        ip: '127.0.0.1',
        locale: 'fr',
        tx: null,
        hashing: openHashing(),
        store,
        say,
      });
      if (store.isAlone) await settleStream(store, shared);
      return result;
    } finally {
      await db.$client.end();
    }
  } finally {
    await store.stop();
  }
};
