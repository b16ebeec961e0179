import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPool } from '@palier/db';
import { startEmbedded } from '@palier/db/embedded';
import { migrate } from '@palier/db/migrate';
import pg from 'pg';

/** A folder of its own for one bench, and how to be rid of it. */
export const newFolder = (): { dir: string; remove: () => void } => {
  const dir = mkdtempSync(join(tmpdir(), 'palier-bench-'));
  chmodSync(dir, 0o711); // as root, PostgreSQL's user has to pass
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }) };
};

export type Store = Awaited<ReturnType<typeof openStore>>;

/** A real PostgreSQL in a folder of its own, migrated: what every bench runs on, and what its limit is measured on. */
export const openStore = async () => {
  const { dir, remove } = newFolder();
  const dataDir = join(dir, 'data');
  try {
    const embedded = await startEmbedded(dataDir, () => undefined);
    const { appUrl, ownerUrl, adminUrl } = embedded;
    await migrate({ ownerUrl });
    const owner = new pg.Client({ connectionString: ownerUrl });
    owner.on('error', () => undefined); // the query under way rejects
    await owner.connect();
    let isPaused = false;
    const pause = async (): Promise<void> => {
      if (isPaused) return;
      isPaused = true;
      await owner.end();
      await embedded.stop();
    };
    return {
      dir,
      appUrl,
      ownerUrl,
      adminUrl,
      owner,
      /** A pool as the application opens it. */
      pool: (max = 15) => openPool({ url: appUrl, max, applicationName: 'palier bench' }),
      /** Where PostgreSQL keeps its data: what a server of ours may be started on after `pause`. */
      dataDir,
      /** Stops PostgreSQL and keeps the data. */
      pause,
      close: async () => {
        await pause();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
};
