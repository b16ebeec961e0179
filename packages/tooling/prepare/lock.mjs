import { spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 20 * 60_000;
const LOOK_AGAIN_MS = 200;

/** @param {unknown} error */
const codeOf = (error) => /** @type {NodeJS.ErrnoException} */ (error).code;

/**
 * Tells a process from a later one that was given the same number.
 * @param {number} pid
 * @returns {string | undefined} undefined when it is not running
 */
const bornAt = (pid) => {
  if (process.platform !== 'linux')
    return spawnSync('ps', ['-o', 'lstart=', '-p', `${pid}`], { encoding: 'utf8' }).stdout?.trim() || undefined;
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
};

/**
 * @param {string} file
 * @param {string} mine
 * @returns {number | undefined} undefined when the lock is ours, else the process that holds it (0: gone, try again)
 */
const attempt = (file, mine) => {
  try {
    linkSync(mine, file);
    return undefined;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  try {
    const held = readFileSync(file, 'utf8');
    const [pid, born] = held.split('|');
    if (bornAt(Number(pid)) === born) return Number(pid);
    const aside = `${mine}.stale`;
    renameSync(file, aside);
    if (readFileSync(aside, 'utf8') !== held) linkSync(aside, file); // another one had just taken it: give it back
    rmSync(aside, { force: true });
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(codeOf(error) ?? '')) throw error;
  }
  return 0;
};

/**
 * Runs some work while no other preparation of the same folder runs; waits for the other one.
 * @param {string} root
 * @param {(line: string) => void} say
 * @param {() => Promise<void>} work
 */
export const alone = async (root, say, work) => {
  const folder = join(root, 'node_modules');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, '.palier-prepare.lock');
  const mine = `${file}.${process.pid}`;
  const release = () => rmSync(file, { force: true });
  writeFileSync(mine, `${process.pid}|${bornAt(process.pid)}`);
  try {
    let told = false;
    for (const end = Date.now() + PATIENCE_MS; ; ) {
      const holder = attempt(file, mine);
      if (holder === undefined) break;
      if (Date.now() > end)
        throw new Error(`process ${holder} has been preparing this folder for too long: stop it and start again`);
      if (holder > 0 && !told) say(`Another start is preparing this folder (process ${holder}): waiting for it`);
      told ||= holder > 0;
      await pause(LOOK_AGAIN_MS);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  process.once('exit', release);
  try {
    await work();
  } finally {
    process.off('exit', release);
    release();
  }
};
