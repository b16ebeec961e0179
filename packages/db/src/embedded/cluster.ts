import { spawnSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { haltPostgres, isPostgres } from './processes.ts';
import { type Runner, words } from './runner.ts';

const SOCKET_FILE = '.s.PGSQL.5432';
const LONGEST_SOCKET_PATH = 103; // a unix path holds 107 bytes, and the lock beside it has a longer name

/** One PostgreSQL cluster on disk, and how its programs are run. */
export type Cluster = { bin: string; home: string; dir: string; runner: Runner };

/** What spawn needs to run one of PostgreSQL's programs over this cluster. */
export const commandOf = ({ bin, runner }: Cluster, program: string, ...args: string[]) => ({
  line: words([...runner.prefix, join(bin, program), ...args]),
  options: {
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    ...(runner.prefix.length === 0 ? runner.who : undefined),
  },
});

/** What `postmaster.pid` says: the pid, and whether the server takes connections; undefined when there is none. */
export const readPostmaster = (dir: string): { pid: number; isReady: boolean } | undefined => {
  try {
    const lines = readFileSync(join(dir, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), isReady: lines[7]?.trim() === 'ready' };
  } catch {
    return undefined;
  }
};

/** Stops a postmaster that outlived its Palier, or removes what a dead one left. */
export const clearLeftovers = async ({ dir, home }: Cluster, say: (line: string) => void): Promise<void> => {
  const left = readPostmaster(dir);
  if (left && isPostgres(left.pid)) {
    say(`stopping a PostgreSQL left behind (process ${left.pid})`);
    await haltPostgres(left.pid);
    return;
  }
  // A zombie, or a pid used again: PostgreSQL would refuse for ever. Its own shared memory check stays.
  rmSync(join(dir, 'postmaster.pid'), { force: true });
  rmSync(join(home, `${SOCKET_FILE}.lock`), { force: true });
};

/** Makes the cluster on the first start: beside its place, renamed last, so that a start cut short leaves nothing half made. */
export const initCluster = (cluster: Cluster, superuserKey: string): void => {
  const { home, dir } = cluster;
  if (existsSync(dir)) return;
  removeUnfinished(home);
  const fresh = join(home, `new-${process.pid}`);
  const keyFile = `${fresh}.pw`;
  writeFileSync(keyFile, superuserKey, { mode: 0o600 });
  give(cluster, keyFile);
  const { line, options } = commandOf(
    cluster,
    'initdb',
    ...['-D', fresh, '-U', 'postgres', '-A', 'scram-sha-256', '--pwfile', keyFile],
    // The built-in collation sorts alike on every machine.
    ...['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-instructions'],
  );
  const made = spawnSync(...line, { ...options, encoding: 'utf8' });
  rmSync(keyFile, { force: true });
  if (made.status !== 0)
    throw new Error(`initdb failed: ${made.error?.message ?? (made.stderr + made.stdout).trim().slice(-800)}`);
  renameSync(fresh, dir);
};

/** The folder of the server's socket: `home`, or a short temporary one when that path would not fit. */
export const socketFolder = (cluster: Cluster): string => {
  if (Buffer.byteLength(join(cluster.home, SOCKET_FILE)) <= LONGEST_SOCKET_PATH) return cluster.home;
  const short = mkdtempSync(join(tmpdir(), 'palier-'));
  give(cluster, short);
  return short;
};

const give = ({ runner }: Cluster, path: string): void => {
  if (runner.who) chownSync(path, runner.who.uid, runner.who.gid);
};

const removeUnfinished = (home: string): void => {
  for (const name of readdirSync(home).filter((one) => one.startsWith('new-'))) {
    try {
      rmSync(join(home, name), { recursive: true });
    } catch {
      // an initdb on its way out still writes there; the next start removes it
    }
  }
};
