import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = /^palier-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})Z\.tar\.gz(\.part)?$/;
const DAY_MS = 86_400_000;

/** The name of a backup made at `now`, by which `pruneBackups` knows its age. */
export const backupFileName = (now: Date): string =>
  `palier-${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z.tar.gz`;

/** Removes the backups of `folder` older than `keepDays` (1 or more), but never the newest whole one, and resolves with the names removed. */
export const pruneBackups = async (folder: string, keepDays: number, now: Date = new Date()): Promise<string[]> => {
  if (!(keepDays >= 1)) throw new RangeError('backups are kept for one day at least');
  const names = (await readdir(folder)).filter((name) => NAME.test(name)).sort();
  const newest = names.findLast((name) => !name.endsWith('.part'));
  const old = names.filter((name) => name !== newest && madeAt(name) < now.getTime() - keepDays * DAY_MS);
  for (const name of old) await rm(join(folder, name), { force: true });
  return old;
};

const madeAt = (name: string): number => Date.parse(name.replace(NAME, '$1T$2:$3:$4Z'));
