import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder } from '../testing/folders.ts';
import { backupFileName, pruneBackups } from './index.ts';

const NOW = new Date('2026-11-22T03:00:00Z');
const daysAgo = (days: number): string => backupFileName(new Date(NOW.getTime() - days * 86_400_000));
const folderWith = (...names: string[]): string => {
  const folder = newFolder();
  for (const name of names) writeFileSync(join(folder, name), '');
  return folder;
};

test('a backup is named after its moment', () => {
  expect(backupFileName(NOW)).toBe('palier-2026-11-22T03-00-00Z.tar.gz');
});

test('backups older than the days kept go, younger ones and other files stay', async () => {
  const folder = folderWith(daysAgo(0), daysAgo(34), daysAgo(36), daysAgo(400), `${daysAgo(40)}.part`, 'notes.tar.gz');
  expect(await pruneBackups(folder, 35, NOW)).toEqual([daysAgo(400), `${daysAgo(40)}.part`, daysAgo(36)]);
  expect(readdirSync(folder).sort()).toEqual(['notes.tar.gz', daysAgo(34), daysAgo(0)].sort());
});

test('the newest backup stays however old it is, and a half-written one does not count', async () => {
  const folder = folderWith(daysAgo(50), daysAgo(60), `${daysAgo(45)}.part`);
  await pruneBackups(folder, 35, NOW);
  expect(readdirSync(folder)).toEqual([daysAgo(50)]);
});

test.each([0, -1, Number.NaN])('keeping %d days is refused', async (days) => {
  await expect(pruneBackups(folderWith(), days, NOW)).rejects.toThrow(RangeError);
});
