import { setTimeout as sleep } from 'node:timers/promises';
import { type Embedded, startEmbedded } from '@palier/db/embedded';
import type { Env } from '../env.ts';

/** The database this process works on, whoever runs it. */
export type Store = {
  appUrl: string;
  ownerUrl: string;
  appRole: string;
  isEmbedded: boolean;
  stop: () => Promise<void>;
};

const watchMs = 250;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Starts the embedded PostgreSQL and starts it again, with growing pauses up to 5 s, whenever it ends by itself. */
const openEmbedded = async (dataDir: string, say: (line: string) => void): Promise<Store> => {
  let current: Embedded = await startEmbedded(dataDir, say);
  let isStopping = false;
  let reviving: Promise<void> = Promise.resolve();
  const revive = async (): Promise<void> => {
    for (let pauseMs = watchMs; !isStopping; pauseMs = Math.min(pauseMs * 2, 5_000)) {
      try {
        await current.stop();
        if (isStopping) return;
        const next = await startEmbedded(dataDir, say);
        if (next.appUrl !== current.appUrl)
          say('PostgreSQL came back under another socket: start Palier again, or give it a shorter DATA_DIR');
        current = next;
        say('PostgreSQL is back');
        return;
      } catch (error) {
        say(`PostgreSQL does not come back yet: ${error instanceof Error ? error.message : String(error)}`);
        await sleep(pauseMs);
      }
    }
  };
  let isReviving = false;
  const watch = setInterval(() => {
    if (isReviving || isStopping || isAlive(current.pid)) return;
    isReviving = true;
    reviving = revive().finally(() => {
      isReviving = false;
    });
  }, watchMs);
  watch.unref();
  const { appUrl, ownerUrl } = current;
  return {
    appUrl,
    ownerUrl,
    appRole: 'palier_app',
    isEmbedded: true,
    stop: async () => {
      isStopping = true;
      clearInterval(watch);
      await reviving;
      await current.stop();
    },
  };
};

/** Opens the database of the settings: the one of DATABASE_URL, else a PostgreSQL of our own in DATA_DIR. */
export const openStore = async (
  env: Pick<Env, 'databaseUrl' | 'migrationsDatabaseUrl' | 'dataDir'>,
  say: (line: string) => void,
): Promise<Store> => {
  const { databaseUrl, migrationsDatabaseUrl, dataDir } = env;
  if (!databaseUrl) return openEmbedded(dataDir, say);
  if (!migrationsDatabaseUrl)
    say(
      'MIGRATIONS_DATABASE_URL is not set: the application migrates, and runs, as the owner of its tables; the audit log is then protected by its triggers alone',
    );
  return {
    appUrl: databaseUrl,
    ownerUrl: migrationsDatabaseUrl ?? databaseUrl,
    appRole: decodeURIComponent(new URL(databaseUrl).username),
    isEmbedded: false,
    stop: async () => undefined,
  };
};
