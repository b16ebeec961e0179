import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, expect, test, vi } from 'vitest';
import { newFolder } from '../testing/folders.ts';
import { findBinaries } from './binaries.ts';
import { socketFolder } from './cluster.ts';
import { type Embedded, startEmbedded } from './index.ts';
import { haltPostgres, isPostgres } from './processes.ts';
import { chooseRunner } from './runner.ts';
import { launchServer } from './server.ts';

const PROGRAM = fileURLToPath(new URL('../testing/programs/hold-embedded.ts', import.meta.url));

type Told = { pid?: number; ownerUrl?: string; refused?: string };

const children: ChildProcess[] = [];
const servers: Embedded[] = [];
const openFolder = (): string => {
  const folder = newFolder();
  chmodSync(folder, 0o711);
  return folder;
};
const start = async (dataDir: string, say: (line: string) => void = () => undefined): Promise<Embedded> => {
  const server = await startEmbedded(dataDir, say);
  servers.push(server);
  return server;
};
const hold = (dataDir: string, env: NodeJS.ProcessEnv = process.env): ChildProcess => {
  const child = spawn(process.execPath, [PROGRAM, dataDir], {
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(child);
  return child;
};
const firstLine = async ({ stdout }: ChildProcess): Promise<Told> => {
  if (!stdout) throw new Error('no output to read');
  for await (const line of createInterface(stdout)) return JSON.parse(line) as Told;
  throw new Error('the process ended without a word');
};
const kill = async (child: ChildProcess, signal: NodeJS.Signals): Promise<unknown> => {
  const ended = once(child, 'exit');
  child.kill(signal);
  return ended;
};
const query = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query(sql).finally(() => client.end());
  return rows;
};

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  for (const child of children.splice(0))
    if (child.exitCode === null && child.signalCode === null) await kill(child, 'SIGTERM');
});

test('a second start finds the rows of the first, and a stop leaves no process and no lock', async () => {
  const dataDir = openFolder();
  const first = await start(dataDir);
  await query(first.ownerUrl, 'create table kept as select 42 as n');
  await Promise.all([first.stop(), first.stop()]);
  expect(isPostgres(first.pid)).toBe(false);
  expect(existsSync(join(dataDir, 'palier.lock'))).toBe(false);

  const second = await start(dataDir);
  expect(await query(second.appUrl, 'select n from kept')).toEqual([{ n: 42 }]);
});

test('the server listens on no port, and neither the owner nor the application is a superuser', async () => {
  const dataDir = openFolder();
  const { adminUrl, appUrl, ownerUrl } = await start(dataDir);
  expect(
    await query(
      adminUrl,
      `select current_setting('listen_addresses') as ports, current_setting('max_connections')::int as connections,
        (select concat_ws(' ', datcollate, datlocale, pg_encoding_to_char(encoding)) from pg_database where datname = 'palier') as locale,
        (select array_agg(rolname::text order by rolname) from pg_roles where rolsuper or rolbypassrls or rolcreaterole) as powerful`,
    ),
  ).toEqual([{ ports: '', connections: 100, locale: 'C C.UTF-8 UTF8', powerful: ['postgres'] }]);
  await query(ownerUrl, 'create extension pg_trgm; create extension unaccent; create table mine (id int)');
  await query(appUrl, 'insert into mine values (1)');
  await expect(query(appUrl, 'create table other (id int)')).rejects.toThrow('permission denied');
  await expect(query(appUrl.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toThrow('password');
  expect(statSync(join(dataDir, 'postgres.json')).mode & 0o777).toBe(0o600);
});

test('of two starts at once exactly one is refused, by the name of the other', async () => {
  const dataDir = openFolder();
  const both = [hold(dataDir), hold(dataDir)] as const;
  const told = await Promise.all(both.map(firstLine));
  const refused = told.filter((one) => one.refused !== undefined);
  expect(refused).toHaveLength(1);
  const winner = told[0]?.refused === undefined ? both[0] : both[1];
  expect(refused[0]?.refused).toContain(`another Palier (process ${winner.pid}) is using ${dataDir}`);
});

test('a killed process is followed by a start that finds what it had committed', async () => {
  const dataDir = openFolder();
  const child = hold(dataDir);
  const { ownerUrl = '', pid = 0 } = await firstLine(child);
  await query(ownerUrl, 'create table kept as select 42 as n');
  await kill(child, 'SIGKILL');
  const next = await start(dataDir);
  expect(next.pid).not.toBe(pid);
  expect(await query(next.appUrl, 'select n from kept')).toEqual([{ n: 42 }]);
});

test.each([
  ['while the cluster is being made', (home: string) => readdirSync(home).some((name) => name.startsWith('new-'))],
  ['as soon as the cluster is there', (home: string) => existsSync(join(home, 'cluster'))],
  ['as the server comes up', (home: string) => existsSync(join(home, 'cluster/postmaster.pid'))],
])('a first start killed %s does not prevent the next', async (_, isTime) => {
  const dataDir = openFolder();
  const child = hold(dataDir);
  await vi.waitFor(
    () => expect(existsSync(join(dataDir, 'postgres')) && isTime(join(dataDir, 'postgres'))).toBe(true),
    {
      interval: 2,
      timeout: 10_000,
    },
  );
  await kill(child, 'SIGKILL');
  const next = await start(dataDir);
  expect(await query(next.appUrl, 'select current_user as role')).toEqual([{ role: 'palier_app' }]);
});

test('a postmaster that says who it is only after the next start looked is stopped as well', async () => {
  const dataDir = openFolder();
  await (await start(dataDir)).stop();
  const [home, bin] = [join(dataDir, 'postgres'), findBinaries()];
  const cluster = { bin, home, dir: join(home, 'cluster'), runner: chooseRunner(bin, home) };
  const said: string[] = [];
  // Neither looks for leftovers first: whoever comes second finds what a killed start left coming up.
  const launch = () => launchServer(cluster, socketFolder(cluster), (line) => said.push(line));
  const both = await Promise.allSettled([launch(), launch()]);
  const alive = both.flatMap((one) => (one.status === 'fulfilled' && isPostgres(one.value.pid) ? [one.value] : []));
  for (const { pid, expectEnd } of alive) {
    expectEnd();
    await haltPostgres(pid);
  }
  expect(alive).toHaveLength(1);
  expect(said[0]).toMatch(/^stopping a PostgreSQL left behind/);
});

test('a postmaster that outlived its Palier is stopped by the next start, which says so', async () => {
  const dataDir = openFolder();
  const child = hold(dataDir, { ...process.env, PATH: '' }); // no setpriv: nothing ends the server with its parent
  const { pid, refused } = await firstLine(child);
  await kill(child, 'SIGKILL');
  const said: string[] = [];
  await start(dataDir, (line) => said.push(line));
  // As root in a folder closed to others, only setpriv can start it: then it says so and nothing was left.
  if (pid === undefined) expect(refused).toContain('Start as another user');
  else expect(said).toEqual([`stopping a PostgreSQL left behind (process ${pid})`]);
});

test('Ctrl-C on the whole group stops the server in order', async () => {
  const dataDir = openFolder();
  const child = hold(dataDir);
  const { pid = 0 } = await firstLine(child);
  const ended = once(child, 'exit');
  process.kill(-(child.pid ?? 0), 'SIGINT');
  expect(await ended).toEqual([0, null]);
  expect(isPostgres(pid)).toBe(false);
  expect(readdirSync(dataDir).sort()).toEqual(['postgres', 'postgres.json']);
  expect(existsSync(join(dataDir, 'postgres/cluster/postmaster.pid'))).toBe(false);
});

test('a folder that only its owner can enter is served, or refused with what to do about it', async () => {
  const closed = newFolder();
  chmodSync(closed, 0o700);
  const starting = start(join(closed, 'data'));
  if (process.getuid?.() === 0 && !mayReadAnything()) {
    await expect(starting).rejects.toThrow('chmod o+x');
    return;
  }
  const { appUrl } = await starting;
  expect(await query(appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
});

const mayReadAnything = (): boolean => {
  const bounds = /^CapBnd:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return (BigInt(`0x${bounds}`) & 4n) !== 0n; // bit 2 is CAP_DAC_READ_SEARCH
};

test('a path too long for a unix socket is served all the same', async () => {
  const dataDir = join(openFolder(), 'a-long-name'.repeat(9));
  const { appUrl, stop } = await start(dataDir);
  expect(await query(appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  const socket = new URL(appUrl).searchParams.get('host') ?? '';
  await stop();
  expect(existsSync(socket)).toBe(false);
});
