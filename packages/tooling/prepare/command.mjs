import { spawn } from 'node:child_process';

const KEPT_LINES = 40;

/** A failure that is explained in one sentence and needs no stack. */
export class Refusal extends Error {}

/**
 * The environment of a tool: what would leave out build tools, or change what is built, is taken away.
 * @param {string} root
 */
export const toolEnvironment = (root) => {
  const env = { ...process.env };
  for (const name of Object.keys(env))
    if (
      /^(NODE_ENV|NODE_OPTIONS|(npm|pnpm)_config_(omit|include|only|production|dev|optional|workspace.*|ignore_scripts))$/i.test(
        name,
      )
    )
      delete env[name];
  return { ...env, PATH: `${root}/node_modules/.bin:${env.PATH ?? ''}` };
};

/**
 * Runs a command, hands each of its lines to `onLine`, stops it when `isStuck` says so, and gives its exit code and last lines.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, onLine: (line: string) => void, isStuck?: () => boolean }} options
 * @returns {Promise<{ code: number, tail: string[] }>}
 */
export const runCommand = (command, args, { cwd, env, onLine, isStuck }) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const kill = () => {
      try {
        if (child.pid) process.kill(-child.pid, 'SIGTERM'); // npx and what it started
      } catch {} // gone already
    };
    /** @type {string[]} */
    const tail = [];
    const stop = () => {
      kill();
      process.exit(130);
    };
    const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
    for (const signal of signals) process.once(signal, stop);
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream.setEncoding('utf8');
      stream.on('data', (/** @type {string} */ text) => {
        const lines = (rest + text).split(/\r?\n/);
        rest = lines.pop() ?? '';
        for (const line of lines.filter((one) => one.trim() !== '')) {
          tail.push(line);
          if (tail.length > KEPT_LINES) tail.shift();
          onLine(line);
        }
      });
    }
    const watch = setInterval(() => {
      if (isStuck?.()) kill();
    }, 1000);
    child.once('error', (error) => {
      clearInterval(watch);
      reject(error);
    });
    child.once('close', (code) => {
      clearInterval(watch);
      for (const signal of signals) process.off(signal, stop);
      resolve({ code: code ?? 1, tail });
    });
  });
