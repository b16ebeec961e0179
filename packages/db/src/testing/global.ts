import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../embedded/index.ts';
import { migrate } from '../migrate.ts';
import './provided.ts';

type Running = { users: number; server: Promise<{ urls: Urls; tearDown: () => Promise<void> }> };
type Urls = { adminUrl: string; ownerUrl: string; appUrl: string };
/** The run's one server: each project loads this file for itself, all of them in one process. */
const run = globalThis as typeof globalThis & { palierTestDatabase?: Running | undefined };

/** Starts a PostgreSQL of the run's own, migrates, and makes of it the template every worker clones. */
const start = async (): Promise<Awaited<Running['server']>> => {
  const folder = mkdtempSync(join(tmpdir(), 'palier-test-'));
  chmodSync(folder, 0o711); // as root, PostgreSQL's user has to pass
  const server = await startEmbedded(folder, (line) => process.stderr.write(`${line}\n`));
  const tearDown = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const adminUrl = databaseUrl(server.adminUrl, 'postgres');
  try {
    await waitForNoDisk(adminUrl);
    await migrate({ ownerUrl: server.ownerUrl });
    await freezeTemplate(adminUrl);
  } catch (error) {
    await tearDown();
    throw error;
  }
  return { urls: { adminUrl, ownerUrl: server.ownerUrl, appUrl: server.appUrl }, tearDown };
};

/** Gives a project the run's database, started by the first that asks; resolves with its tear-down, which the last one does. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  run.palierTestDatabase ??= { users: 0, server: start() };
  const mine = run.palierTestDatabase;
  mine.users += 1;
  const { urls, tearDown } = await mine.server;
  for (const [name, url] of Object.entries(urls)) project.provide(name as keyof Urls, url);
  return async () => {
    mine.users -= 1;
    if (mine.users > 0) return;
    run.palierTestDatabase = undefined;
    await tearDown();
  };
};

const databaseUrl = (url: string, database: string): string => {
  const moved = new URL(url);
  moved.pathname = `/${database}`;
  return moved.href;
};

const asAdmin = async (adminUrl: string, ...statements: string[]): Promise<void> => {
  const admin = new pg.Client(adminUrl);
  admin.on('error', () => undefined);
  await admin.connect();
  try {
    for (const statement of statements) await admin.query(statement);
  } finally {
    await admin.end();
  }
};

/** What is thrown away after the run need not outlive the machine: no commit waits for a disk. What tests of crashes kill is a server of their own. */
const waitForNoDisk = (adminUrl: string): Promise<void> =>
  asAdmin(
    adminUrl,
    'alter system set fsync = off',
    'alter system set full_page_writes = off',
    'select pg_reload_conf()',
  );

const freezeTemplate = (adminUrl: string): Promise<void> =>
  asAdmin(
    adminUrl,
    // The migrating connections may be a moment leaving.
    `select pg_terminate_backend(pid, 2000) from pg_stat_activity where datname = 'palier'`,
    'alter database palier rename to template_palier',
    'alter database template_palier with is_template true allow_connections false',
  );
