import { type Database, openDatabase, openPool } from '@palier/db';
import { checkMigrations, migrate } from '@palier/db/migrate';
import type { FastifyBaseLogger } from 'fastify';
import pg from 'pg';
import type { Env } from '../env.ts';
import { installJobs } from '../jobs/boss.ts';
import type { Store } from './store.ts';

/** Lets the application's role use what the owner is about to make; in a database of our own the launcher did it. Run alone: of two that grant at once PostgreSQL refuses one. */
const letApplicationIn = async (client: pg.Client, appRole: string): Promise<void> => {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1 and rolname <> current_user', [
    appRole,
  ]);
  if (!rowCount) return;
  const role = pg.escapeIdentifier(appRole);
  await client.query(`
    grant usage on schema public to ${role};
    alter default privileges grant select, insert, update, delete on tables to ${role};
    alter default privileges grant usage, select on sequences to ${role}`);
};

/** Brings the database to this version as its owner: our tables, then the job queue's. Resolves with the number of files applied. */
export const migrateStore = (
  { ownerUrl, appRole, isEmbedded }: Pick<Store, 'ownerUrl' | 'appRole' | 'isEmbedded'>,
  say: (line: string) => void,
): Promise<number> =>
  migrate({
    ownerUrl,
    appRole,
    say,
    before: async (client) => {
      if (!isEmbedded) await letApplicationIn(client, appRole);
    },
    after: (url) => installJobs(url, appRole),
  });

/** Connections for each role, so that all of them stay under 80 % of PostgreSQL's hundred. */
const poolMax: Readonly<Record<Env['role'], number>> = { all: 15, api: 15, jobs: 6, web: 0 };

/** Opens the application's pool and refuses a database that is not at this version. */
export const openStorePool = async (store: Store, role: Env['role'], log: FastifyBaseLogger): Promise<Database> => {
  const pool = openPool({
    url: store.appUrl,
    max: poolMax[role],
    applicationName: `palier ${role}`,
    onLost: (error) => {
      if (!pool.ending) log.warn({ err: error }, 'a database connection was lost'); // one that ends lets go before the server has
    },
  });
  try {
    await checkMigrations(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return openDatabase(pool);
};
