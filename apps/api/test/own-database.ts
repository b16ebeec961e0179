import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateStore } from '../src/process/database.ts';
import { openStore } from '../src/process/store.ts';

/** A PostgreSQL of the test's own, migrated, as the product runs it: killed, the launcher starts it again on the same folder. `said` is what the launcher tells of it. */
export const openOwnDatabase = async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'palier-own-'));
  chmodSync(dataDir, 0o711); // as root, PostgreSQL's user has to pass
  const said: string[] = [];
  const store = await openStore({ dataDir, databaseUrl: undefined, migrationsDatabaseUrl: undefined }, (line) => {
    said.push(line);
  });
  const stop = async (): Promise<void> => {
    await store.stop();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await migrateStore(store, () => undefined);
  } catch (error) {
    await stop();
    throw error;
  }
  const { appUrl, ownerUrl } = store;
  const pidFile = join(dataDir, 'postgres/cluster/postmaster.pid');
  const kill = () => process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGKILL');
  return { urls: { appUrl, ownerUrl }, said, kill, stop };
};
