import { spawn } from 'node:child_process';

/** @type {Set<number>} the groups of processes that are running */
const groups = new Set();

/** @param {number} pid @param {NodeJS.Signals} signal */
const signalGroup = (pid, signal) => {
  try {
    process.kill(-pid, signal);
  } catch {
    groups.delete(pid);
  }
};

const killAll = () => {
  for (const pid of groups) signalGroup(pid, 'SIGKILL');
};
process.once('exit', killAll);
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.once(signal, () => {
    for (const pid of groups) signalGroup(pid, 'SIGTERM');
    setTimeout(() => process.exit(130), groups.size > 0 ? 3000 : 0);
  });

/**
 * @typedef {{ code: number, output: string, ms: number, timedOut: boolean }} Outcome
 * @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs: number, stream?: boolean }} Options
 */

/**
 * Runs a command in a process group of its own, which ends with it, with this process or at the time-out.
 * @param {string} command
 * @param {string[]} args
 * @param {Options} options `stream`: show the output while it runs
 * @returns {Promise<Outcome>} code 1 when it could not be started or was stopped
 */
export const run = (command, args, { cwd, env, timeoutMs, stream = false }) =>
  new Promise((resolve) => {
    const startedAt = performance.now();
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const pid = child.pid;
    if (pid) groups.add(pid);
    let output = '';
    let timedOut = false;
    /** @param {NodeJS.ReadableStream} from @param {NodeJS.WriteStream} to */
    const read = (from, to) =>
      from.setEncoding('utf8').on('data', (text) => {
        output += text;
        if (stream) to.write(text);
      });
    read(child.stdout, process.stdout);
    read(child.stderr, process.stderr);
    const end = (/** @type {number} */ code) => {
      clearTimeout(timer);
      if (pid) {
        signalGroup(pid, 'SIGKILL'); // whatever it left behind
        groups.delete(pid);
      }
      resolve({ code, output, ms: performance.now() - startedAt, timedOut });
    };
    const timer = setTimeout(() => {
      timedOut = true;
      if (pid) signalGroup(pid, 'SIGTERM');
      setTimeout(() => pid && signalGroup(pid, 'SIGKILL'), 5000).unref();
    }, timeoutMs);
    child.once('error', (error) => {
      output += error.message;
      end(1);
    });
    child.once('exit', (code) => {
      // a grandchild may hold the pipes: do not wait for it more than a moment
      const closed = setTimeout(() => end(code ?? 1), 2000);
      child.once('close', () => {
        clearTimeout(closed);
        end(code ?? 1);
      });
    });
  });

/**
 * Runs tasks in their order, so many at a time.
 * @template T, R
 * @param {T[]} tasks
 * @param {number} width
 * @param {(task: T) => Promise<R>} work
 * @returns {Promise<R[]>}
 */
export const inTurn = async (tasks, width, work) => {
  /** @type {R[]} */
  const results = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < tasks.length; index = next++)
      results[index] = await work(/** @type {T} */ (tasks[index]));
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
};
