import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { variablesWith } from '../../env.ts';

const program = resolve(import.meta.dirname, '../../server.ts');
const host = '127.0.0.1';
const pause = { firstMs: 200, mostMs: 5_000, forgottenAfterMs: 10_000 } as const;
const probe = { everyMs: 1_000, withinMs: 2_000 } as const;
const killAfterMs = 8_000;
/** A process that ends this often before it has ever answered never will. */
const triesMax = 3;

/** One process of the cluster, started again whenever it ends by itself. */
export type Child = {
  name: string;
  /** Where it answers at present; null while it starts, hangs or is gone. */
  port(): number | null;
  pid(): number | undefined;
  /** Resolves when it answers for the first time; rejects when it ends three times before. */
  ready: Promise<void>;
  stop(): Promise<void>;
};

type ChildOptions = { name: string; settings: Readonly<Record<string, string>>; say: (line: string) => void };

/** Whether a process answers at all: one that was stopped or hangs does not. */
const isAlive = (port: number): Promise<boolean> =>
  new Promise((known) => {
    const asked = request({ host, port, path: '/api/health', timeout: probe.withinMs, agent: false }, (answer) => {
      answer.resume();
      known(true);
    });
    asked.once('timeout', () => asked.destroy());
    asked.once('error', () => known(false));
    asked.end();
  });

/** Starts `server.ts` with these settings on a port of its own and keeps it running, with growing pauses up to 5 s; what it says is said after its name. */
export const startChild = ({ name, settings, say }: ChildOptions): Child => {
  let running: ChildProcess | undefined;
  let port: number | null = null;
  let isAnswering = false;
  let isStopping = false;
  let pauseMs: number = pause.firstMs;
  let retry: NodeJS.Timeout | undefined;
  let tries = 0;
  let isFirst = true;
  const { promise: ready, resolve: becomeReady, reject: giveUp } = Promise.withResolvers<void>();
  ready.catch(() => undefined); // whoever waits for it hears it

  const start = (): void => {
    const startedAt = performance.now();
    const child = fork(program, [], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: variablesWith({ ...settings, HOST: host, PORT: '0' }),
    });
    running = child;
    for (const stream of [child.stdout, child.stderr])
      if (stream) createInterface(stream).on('line', (line) => line && say(`${name}: ${line}`));
    child.on('message', (told: { port: number }) => {
      port = told.port;
      isAnswering = true;
      tries = Number.NEGATIVE_INFINITY;
      becomeReady();
      if (!isFirst) say(`${name}: process ${child.pid}`);
      isFirst = false;
    });
    child.once('error', (error) => say(`${name} cannot start: ${error.message}`));
    child.once('exit', (code, signal) => {
      port = null;
      if (isStopping) return;
      tries += 1;
      if (tries >= triesMax) return giveUp(new Error(`${name} does not start: what it said is above`));
      if (performance.now() - startedAt > pause.forgottenAfterMs) pauseMs = pause.firstMs;
      say(`${name} ended by itself (${signal ?? code}): it is started again`);
      retry = setTimeout(start, pauseMs);
      pauseMs = Math.min(pause.mostMs, pauseMs * 2);
    });
  };
  start();
  const probing = setInterval(async () => {
    const asked = port;
    if (asked === null) return;
    const answers = await isAlive(asked);
    if (asked === port) isAnswering = answers;
  }, probe.everyMs);
  probing.unref();

  return {
    name,
    port: () => (isAnswering ? port : null),
    pid: () => running?.pid,
    ready,
    stop: async () => {
      isStopping = true;
      clearInterval(probing);
      clearTimeout(retry);
      const child = running;
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      child.kill('SIGCONT'); // one that was stopped could not end
      const force = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
      await ended;
      clearTimeout(force);
    },
  };
};
