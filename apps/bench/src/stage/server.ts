import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Store } from './store.ts';

const root = resolve(import.meta.dirname, '../../../..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } };
/** What `npm start` tells Node: a young generation of 16 MiB, which takes a quarter less memory than what Node takes on a large machine. */
export const nodeFlags: readonly string[] = scripts.start.match(/--\S+/g) ?? [];

const readyMs = 60_000;
const stopMs = 15_000;
const ticksPerSecond = 100;

/** Processor seconds a process has used since it began, kernel time included (Linux). */
export const processorSeconds = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
};

/** Stops a child of ours in order, and by force when it does not. */
export const stopChild = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), stopMs);
  await gone;
  clearTimeout(force);
};

export type Server = { origin: string; pid: number; tookMs: number; stop: () => Promise<void> };

/**
 * Starts the real server in a process of its own, over a store of ours or the PostgreSQL of `dataDir`, with every limit on how often lifted.
 * `tookMs`: from the spawn to its own word that it is ready.
 */
export const startServer = async (
  dataDir: string,
  store: Store | null,
  settings: Readonly<Record<string, string>> = {},
): Promise<Server> => {
  const start = performance.now();
  const child = spawn(process.execPath, [...nodeFlags, join(root, 'apps/api/src/server.ts')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: join(root, 'node_modules/.compiled'), // as `npm start` does
      NODE_ENV: 'development',
      PORT: '0',
      HOST: '127.0.0.1',
      ORIGIN: 'http://127.0.0.1:0',
      DATA_DIR: dataDir,
      DEMO: 'off',
      RATE_LIMITS: 'off',
      ...(store && { DATABASE_URL: store.appUrl, MIGRATIONS_DATABASE_URL: store.ownerUrl }),
      ...settings,
    },
  });
  const said: string[] = [];
  createInterface(child.stderr).on('line', (line) => said.push(line));
  const origin = await new Promise<string>((ready, failed) => {
    const late = setTimeout(() => failed(new Error(`the server was not ready in ${readyMs / 1000} s`)), readyMs);
    createInterface(child.stdout).on('line', (line) => {
      const found = /ready: (\S+)/.exec(line)?.[1];
      if (!found) return;
      clearTimeout(late);
      ready(found);
    });
    child.once('exit', (code) => {
      clearTimeout(late);
      failed(new Error(`the server ended with ${code}: ${said.join('\n')}`));
    });
  }).catch(async (error: unknown) => {
    await stopChild(child);
    throw error;
  });
  return { origin, pid: child.pid ?? 0, tookMs: performance.now() - start, stop: () => stopChild(child) };
};
