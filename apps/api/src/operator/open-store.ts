import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Env } from '../env.ts';
import { migrateStore } from '../process/database.ts';
import { openStore, type Store } from '../process/store.ts';

/** The database a command works on; `isAlone` when no server runs over it meanwhile. */
export type OperatorStore = Store & { isAlone: boolean };

/** The socket of the embedded PostgreSQL that another process runs over DATA_DIR, or null. */
const findSocket = (dataDir: string): string | null => {
  try {
    const lines = readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n');
    return lines[7]?.trim() === 'ready' ? (lines[4] ?? null) : null;
  } catch {
    return null;
  }
};

/** The database of the Palier that runs over DATA_DIR, or null when none answers. */
const joinRunning = async (dataDir: string): Promise<Store | null> => {
  const socket = findSocket(dataDir);
  if (socket === null) return null;
  const keys = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as Record<string, string>;
  const url = (role: string): string =>
    `postgres://${role}:${keys[role]}@localhost/palier?host=${encodeURIComponent(socket)}`;
  const client = new pg.Client({ connectionString: url('palier_app'), connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch {
    return null; // a pid left behind by a server that was killed
  } finally {
    await client.end().catch(() => undefined);
  }
  return {
    appUrl: url('palier_app'),
    ownerUrl: url('palier_owner'),
    appRole: 'palier_app',
    isEmbedded: true,
    stop: async () => undefined,
  };
};

/** Opens the database a command works on: the one in use, if Palier runs; else it is started, and migrated, for as long as the command lasts. */
export const openOperatorStore = async (env: Env, say: (line: string) => void): Promise<OperatorStore> => {
  const running = env.databaseUrl ? null : await joinRunning(env.dataDir);
  if (running) return { ...running, isAlone: false };
  const store = await openStore(env, say);
  try {
    if (store.isEmbedded) await migrateStore(store, say);
  } catch (error) {
    await store.stop();
    throw error;
  }
  return { ...store, isAlone: store.isEmbedded };
};
