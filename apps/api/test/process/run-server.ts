import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, vi } from 'vitest';

const server = new URL('../../src/server.ts', import.meta.url).pathname;
const cli = new URL('../../src/cli.ts', import.meta.url).pathname;
const patienceMs = 80_000;
vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 }); // whole processes, on a machine that may be busy

const children = new Set<ChildProcess>();
const folders: string[] = [];
afterAll(async () => {
  for (const child of children) {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

/** A DATA_DIR for one test file, removed after it. */
export const newDataDir = (mode = 0o711): string => {
  const folder = mkdtempSync(join(tmpdir(), 'palier-process-'));
  chmodSync(folder, mode);
  folders.push(folder);
  return folder;
};

/** A port that was free a moment ago. */
export const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
};

let compiled: string | undefined;

/** What a process is started with: as `npm start` does, what the first compiled serves the next, which start a quarter sooner. */
const environment = (settings: Record<string, string>): NodeJS.ProcessEnv => {
  compiled ??= newDataDir();
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    NODE_COMPILE_CACHE: compiled,
    RATE_LIMITS: 'off',
    ...settings,
  };
};

/** Waits until something is so, looking every 20 ms; fails after 80 s. */
export const until = async (what: string, isSo: () => boolean | Promise<boolean>): Promise<void> => {
  for (const end = performance.now() + patienceMs; !(await isSo()); await sleep(20))
    if (performance.now() > end) throw new Error(`${what}: not within ${patienceMs} ms`);
};

/** A bar of wall-clock time, in ms; four times as wide while the machine has more to run than it has processors. */
export const barMs = (ms: number): number => ((loadavg()[0] ?? 0) > availableParallelism() ? 4 * ms : ms);

/** Starts a server of its own over a DATA_DIR, as `npm start` does; or, with words, what the operator's command starts. */
export const runServer = async (settings: { DATA_DIR: string } & Record<string, string>, ...words: string[]) => {
  const port = Number(settings['PORT'] ?? (await freePort()));
  const child = spawn(process.execPath, words.length > 0 ? [cli, ...words] : [server], {
    env: environment({ PORT: String(port), ...settings }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  const startedAt = performance.now();
  const url = `http://localhost:${port}`;
  const ended = once(child, 'exit').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
  }));
  const status = async (path: string): Promise<number> =>
    fetch(url + path, { redirect: 'manual' }).then(
      (answer) => answer.status,
      () => 0,
    );
  return {
    url,
    port,
    child,
    ended,
    status,
    output: () => output,
    /** Resolves with how long it took from the start, in ms. */
    ready: async (): Promise<number> => {
      let lacking = '';
      await until('ready', async () => {
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the server ended: ${output}`);
        const answer = await fetch(`${url}/api/ready`).catch(() => null);
        if (answer?.status === 200) return true;
        lacking = answer ? await answer.text() : 'no answer';
        return false;
      }).catch((error: unknown) => {
        throw new Error(`${error instanceof Error ? error.message : error}: ${lacking}\n${output}`);
      });
      return performance.now() - startedAt;
    },
    stop: async (signal: NodeJS.Signals = 'SIGTERM') => {
      const at = performance.now();
      child.kill(signal);
      const { code } = await ended;
      return { code, ms: performance.now() - at };
    },
    post: (path: string, body: unknown, headers: Record<string, string> = {}) =>
      fetch(`${url}/api${path}`, {
        method: 'POST',
        headers: { origin: url, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
  };
};

/** Runs one command of the operator's to its end. */
export const runCommand = async (settings: Record<string, string>, ...words: string[]) => {
  const child = spawn(process.execPath, [cli, ...words], {
    env: environment(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [said, told] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  child.stderr.on('data', (data: Buffer) => (told += data.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, said: said.trim(), told: told.trim() };
};

/** The pid of the PostgreSQL of a DATA_DIR, or null. */
export const postmasterPid = (dataDir: string): number | null => {
  const file = join(dataDir, 'postgres/cluster/postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : null;
};
