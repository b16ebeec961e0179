import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder } from '../testing/folders.ts';
import { readRoleKeys } from './keys.ts';
import { lockDataDir } from './lock.ts';
import { bornAt } from './processes.ts';

test('a folder held by a living process is refused by its name, and taken once let go', () => {
  const folder = newFolder();
  const unlock = lockDataDir(folder);
  expect(() => lockDataDir(folder)).toThrow(`another Palier (process ${process.pid}) is using ${folder}`);
  unlock();
  lockDataDir(folder)();
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ['a process that is no more', `${2 ** 22 + 1} 12345`],
  ['an earlier process with our number', `${process.pid} 1`],
  ['nobody knows whom', 'torn'],
])('a lock left by %s is taken over', (_, held) => {
  const folder = newFolder();
  writeFileSync(join(folder, 'palier.lock'), held);
  expect(bornAt(2 ** 22 + 1)).toBeUndefined();
  lockDataDir(folder)();
  expect(existsSync(join(folder, 'palier.lock'))).toBe(false);
});

test('the roles keep their passwords, and their loss is told in a sentence', () => {
  const folder = newFolder();
  const made = readRoleKeys(folder, false);
  expect(new Set(Object.values(made)).size).toBe(3);
  expect(readRoleKeys(folder, true)).toEqual(made);
  expect(() => readRoleKeys(newFolder(), true)).toThrow('postgres.json is missing');
});
