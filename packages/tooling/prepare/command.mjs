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
 * Runs a command, hands each of its lines to `onLine`, and gives its exit code and last lines.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, onLine: (line: string) => void }} options
 * @returns {Promise<{ code: number, tail: string[] }>}
 */
export const runCommand = (command, args, { cwd, env, onLine }) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    /** @type {string[]} */
    const tail = [];
    const stop = () => {
      child.kill('SIGTERM');
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
    child.once('error', reject);
    child.once('close', (code) => {
      for (const signal of signals) process.off(signal, stop);
      resolve({ code: code ?? 1, tail });
    });
  });
