import { join } from 'node:path';
import { buildApp } from '@palier/api/app';
import { readEnv } from '@palier/api/env';
import { openKeys } from '@palier/api/keys';
import { openDatabase } from '@palier/db';
import type pg from 'pg';

type Log = Parameters<typeof buildApp>[0]['log'];

/** The assembled application over a pool, without a port, without limits on how often: what is measured is what runs. */
export const buildInProcess = async (pool: pg.Pool, dir: string, port = 3000) => {
  const env = readEnv({
    DATA_DIR: join(dir, 'app'),
    ORIGIN: `http://127.0.0.1:${port}`,
    RATE_LIMITS: 'off',
    DEMO: 'off',
    LOG_LEVEL: 'silent',
  });
  const silent = {
    level: 'silent',
    fatal: () => undefined,
    error: () => undefined,
    warn: () => undefined,
    info: () => undefined,
    debug: () => undefined,
    trace: () => undefined,
    silent: () => undefined,
  };
  const log: Log = { ...silent, child: () => log };
  return buildApp({
    db: openDatabase(pool),
    env,
    keys: openKeys(env.dataDir, 'the same keys for every process of a bench'),
    clock: () => new Date(),
    doorbell: { ring: () => undefined },
    readiness: { missing: () => [], bus: () => 'local', sockets: () => 0, head: () => 0 },
    log,
  });
};
