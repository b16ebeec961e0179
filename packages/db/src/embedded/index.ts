import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findBinaries } from './binaries.ts';
import { type Cluster, clearLeftovers, initCluster, socketFolder } from './cluster.ts';
import { type RoleKeys, readRoleKeys } from './keys.ts';
import { lockDataDir } from './lock.ts';
import { haltPostgres } from './processes.ts';
import { makeRoles, type UrlOf } from './roles.ts';
import { chooseRunner } from './runner.ts';
import { launchServer } from './server.ts';

/** A PostgreSQL of our own, its database `palier` seen by the owner, the application and the superuser. */
export type Embedded = {
  ownerUrl: string;
  appUrl: string;
  adminUrl: string;
  pid: number;
  stop: () => Promise<void>;
};

/**
 * Starts PostgreSQL over `dataDir` (made if absent) on a unix socket, tells what it does by `say`, and gives the three roles' addresses.
 * Rejects, in a sentence for the operator, when another Palier holds the folder or the server cannot run there. `stop` may be called twice.
 */
export const startEmbedded = async (dataDir: string, say: (line: string) => void): Promise<Embedded> => {
  const folder = resolve(dataDir);
  // As root, PostgreSQL's user has to pass; every secret inside is 600.
  mkdirSync(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const unlock = lockDataDir(folder);
  try {
    return await startLocked(folder, say, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
};

const startLocked = async (dataDir: string, say: (line: string) => void, unlock: () => void): Promise<Embedded> => {
  const bin = findBinaries();
  const home = join(dataDir, 'postgres');
  const cluster: Cluster = { bin, home, dir: join(home, 'cluster'), runner: chooseRunner(bin, home) };
  await clearLeftovers(cluster, say);
  const keys = readRoleKeys(dataDir, existsSync(cluster.dir));
  initCluster(cluster, keys.postgres);

  const socket = socketFolder(cluster);
  const server = await launchServer(cluster, socket, say);
  const url = urlOver(socket, keys);
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    server.expectEnd();
    stopped ??= haltPostgres(server.pid).finally(() => {
      if (socket !== home) rmSync(socket, { recursive: true, force: true });
      unlock();
    });
    return stopped;
  };
  try {
    await makeRoles(url, keys);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ownerUrl: url('palier_owner'), appUrl: url('palier_app'), adminUrl: url('postgres'), pid: server.pid, stop };
};

const urlOver =
  (socket: string, keys: RoleKeys): UrlOf =>
  (role, database = 'palier') =>
    `postgres://${role}:${keys[role]}@localhost/${database}?host=${encodeURIComponent(socket)}`;
