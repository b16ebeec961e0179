import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const root = resolve(import.meta.dirname, '../../../..');
/** A cluster is five processes, each of which reads the whole program. */
const startMs = process.env.E2E_PROCESSES ? 180_000 : 60_000;
const stopMs = 12_000;

/** The real server, as `npm start` runs it, on a port of its own. */
export type Server = { origin: string; dataDir: string; log: () => string; stop: () => Promise<void> };

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

const originIn = (log: string): string | undefined => /Palier is ready: (http:\/\/\S+)/.exec(log)?.[1];

const isReady = async (origin: string): Promise<boolean> =>
  fetch(`${origin}/api/ready`).then(
    (answer) => answer.status === 200,
    () => false,
  );

/**
 * Starts the server over an empty `dataDir` with the demo territory and waits until `/api/ready` says 200.
 * Rejects with its log when it ends before, or after a minute.
 */
export const startServer = async (dataDir: string, settings: Record<string, string> = {}): Promise<Server> => {
  mkdirSync(dataDir, { recursive: true });
  chmodSync(dataDir, 0o711);
  const { PATH, HOME, TMPDIR, NATS_URL, E2E_PROCESSES } = process.env;
  // E2E_PROCESSES=3: the same stories against a cluster of so many processes, on one origin all the same.
  const program = E2E_PROCESSES ? ['cli.ts', 'up', '--processes', E2E_PROCESSES] : ['server.ts'];
  const [file = '', ...words] = program;
  const child = spawn(process.execPath, [join(root, 'apps/api/src', file), ...words], {
    cwd: root,
    env: {
      PATH,
      HOME,
      ...(TMPDIR && { TMPDIR }),
      ...(NATS_URL && { NATS_URL }),
      PORT: '0',
      DATA_DIR: dataDir,
      RATE_LIMITS: 'off',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });

  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    const timer = setTimeout(() => child.kill('SIGKILL'), stopMs);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(timer);
  };
  for (const until = performance.now() + startMs; performance.now() < until; await pause(50)) {
    if (child.exitCode !== null) throw new Error(`the server ended by itself:\n${log}`);
    const origin = originIn(log);
    if (origin && (await isReady(origin))) return { origin, dataDir, log: () => log, stop };
  }
  await stop();
  throw new Error(`the server was not ready within ${startMs / 1000} s:\n${log}`);
};
