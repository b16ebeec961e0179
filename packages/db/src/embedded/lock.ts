import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errnoOf } from './errno.ts';
import { bornAt } from './processes.ts';

/**
 * Takes DATA_DIR for this process and gives back how to let go.
 * The lock appears whole (a link: writing after an exclusive open lets two starts in), and only the very file judged stale is removed.
 */
export const lockDataDir = (dataDir: string): (() => void) => {
  const file = join(dataDir, 'palier.lock');
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, `${process.pid} ${bornAt(process.pid)}`, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      if (tryLink(mine, file)) return () => rmSync(file, { force: true });
      removeIfStale(file, `${mine}.stale`, dataDir);
    }
    throw new Error(`cannot take ${file}`);
  } finally {
    rmSync(mine, { force: true });
  }
};

const tryLink = (mine: string, file: string): boolean => {
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
};

const removeIfStale = (file: string, aside: string, dataDir: string): void => {
  try {
    const held = readFileSync(file, 'utf8');
    const [pid, born] = held.split(' ');
    if (born !== undefined && bornAt(Number(pid)) === born)
      throw new Error(
        `another Palier (process ${pid}) is using ${dataDir}: stop it, or give this one its own DATA_DIR`,
      );
    renameSync(file, aside);
    if (readFileSync(aside, 'utf8') !== held) linkSync(aside, file); // someone took it in between: theirs goes back
    rmSync(aside, { force: true });
  } catch (error) {
    if (errnoOf(error) === undefined) throw error; // another start moved the file first: look again
  }
};
