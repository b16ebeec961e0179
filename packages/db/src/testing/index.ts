import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { grantRights } from '../embedded/roles.ts';
import './provided.ts';

export { watchSecondConnections } from './second-connections.ts';

/** A test database, seen by the application's role (what tests run as) and by the owner's (for checks alone). */
export type TestDatabase = { appUrl: string; ownerUrl: string };

/**
 * The worker's own database, a clone of the migrated template, made once a worker and used again by its later files:
 * each suite mints its own commune.
 */
export const workerDatabase = async (): Promise<TestDatabase> => {
  const name = `w_${process.env.VITEST_POOL_ID ?? '0'}`;
  await asAdmin('postgres', async (admin) => {
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [name]);
    if (!rowCount) await clone(admin, name);
  });
  return urlsOf(name);
};

/** A database that nobody else uses, for a test that needs it untouched: migrated, or without a single table. */
export const freshDatabase = async (kind: 'migrated' | 'empty'): Promise<TestDatabase> => {
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await asAdmin('postgres', async (admin) => {
    if (kind === 'migrated') await clone(admin, name);
    else await admin.query(`create database ${pg.escapeIdentifier(name)} owner palier_owner`);
  });
  if (kind === 'empty') await asAdmin(name, (admin) => grantRights(admin, name));
  return urlsOf(name);
};

const clone = (admin: pg.Client, name: string) =>
  admin.query(`create database ${pg.escapeIdentifier(name)} template template_palier owner palier_owner`);

const asAdmin = async (database: string, work: (admin: pg.Client) => Promise<unknown>): Promise<void> => {
  const admin = new pg.Client(onDatabase(inject('adminUrl'), database));
  admin.on('error', () => undefined); // unheard, a lost connection would end the worker
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
};

const urlsOf = (name: string): TestDatabase => ({
  appUrl: onDatabase(inject('appUrl'), name),
  ownerUrl: onDatabase(inject('ownerUrl'), name),
});

const onDatabase = (url: string, name: string): string => {
  const moved = new URL(url);
  moved.pathname = `/${name}`;
  return moved.href;
};
