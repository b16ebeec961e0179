import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../embedded/index.ts';
import { migrate } from '../migrate.ts';
import './provided.ts';

type Setup = { after?: (ownerUrl: string) => Promise<void> };

/**
 * Starts a PostgreSQL of the run's own, migrates, and makes of it the template every worker clones; resolves with the tear-down.
 * `after` is migrate's: a project whose tests need the job queue wraps this set-up in one of its own.
 */
export const setUpDatabase = async (project: TestProject, { after }: Setup = {}): Promise<() => Promise<void>> => {
  const folder = mkdtempSync(join(tmpdir(), 'palier-test-'));
  chmodSync(folder, 0o711); // as root, PostgreSQL's user has to pass
  const server = await startEmbedded(folder, (line) => process.stderr.write(`${line}\n`));
  const tearDown = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await migrate({ ownerUrl: server.ownerUrl, ...(after && { after }) });
    await freezeTemplate(databaseUrl(server.adminUrl, 'postgres'));
  } catch (error) {
    await tearDown();
    throw error;
  }
  project.provide('adminUrl', databaseUrl(server.adminUrl, 'postgres'));
  project.provide('ownerUrl', server.ownerUrl);
  project.provide('appUrl', server.appUrl);
  return tearDown;
};

export default (project: TestProject): Promise<() => Promise<void>> => setUpDatabase(project);

const databaseUrl = (url: string, database: string): string => {
  const moved = new URL(url);
  moved.pathname = `/${database}`;
  return moved.href;
};

const freezeTemplate = async (adminUrl: string): Promise<void> => {
  const admin = new pg.Client(adminUrl);
  admin.on('error', () => undefined);
  await admin.connect();
  try {
    // The migrating connections may be a moment leaving.
    await admin.query(`select pg_terminate_backend(pid, 2000) from pg_stat_activity where datname = 'palier'`);
    await admin.query('alter database palier rename to template_palier');
    await admin.query('alter database template_palier with is_template true allow_connections false');
  } finally {
    await admin.end();
  }
};
