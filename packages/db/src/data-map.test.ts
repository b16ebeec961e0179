import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import { dataMap, dataMapTable, declaredOf, ownRows } from './data-map.ts';
import { terms } from './retention.ts';
import * as schema from './schema/index.ts';

const tables = (Object.values(schema) as unknown[]).filter((value): value is PgTable => is(value, PgTable));

test('every table of the schema is in the map once, and no other', () => {
  expect(dataMap.map(({ name }) => name).sort()).toEqual(tables.map((table) => getTableConfig(table).name).sort());
});

test('every column is declared: plain, personal with a purpose, or withheld with a reason', () => {
  const undeclared = dataMap.flatMap((entry) =>
    Object.keys(entry.columns)
      .filter((key) => declaredOf(entry, key) === null)
      .map((key) => `${entry.name}.${key}`),
  );
  expect(undeclared).toEqual([]);
});

test('no column is declared twice', () => {
  const twice = dataMap.flatMap((entry) => {
    const keys = [
      ...((entry.plain ?? []) as string[]),
      ...Object.keys(entry.personal ?? {}),
      ...Object.keys(entry.withheld ?? {}),
    ];
    return keys.filter((key, n) => keys.indexOf(key) !== n).map((key) => `${entry.name}.${key}`);
  });
  expect(twice).toEqual([]);
});

test('every personal column says what becomes of it when its person leaves, and how long it is kept', () => {
  const open = dataMap.flatMap((entry) =>
    Object.keys(entry.columns)
      .map((key) => ({ key, declared: declaredOf(entry, key) }))
      .filter(({ declared }) => declared?.is === 'personal' && declared.erased === '')
      .map(({ key }) => `${entry.name}.${key}`),
  );
  expect(open).toEqual([]);
  expect(dataMap.filter(({ kept, holds }) => kept === '' || holds === '')).toEqual([]);
});

test('a person is handed every personal column of the tables that hold rows of theirs', () => {
  const me = { accountId: 'a', residentId: 'b' };
  const missing = dataMap
    .filter(({ mine }) => mine)
    .flatMap((entry) =>
      Object.keys(entry.personal ?? {})
        .filter((key) => !Object.hasOwn(ownRows(entry, me)?.columns ?? {}, key))
        .map((key) => `${entry.name}.${key}`),
    );
  expect(missing).toEqual([]);
});

test('each term names a table of the map', () => {
  const names = new Set(dataMap.map(({ name }) => name));
  expect(terms.filter(({ table }) => !names.has(getTableConfig(table).name))).toEqual([]);
});

test('the page of the map is what the map says', () => {
  const page = readFileSync(join(import.meta.dirname, '../data-map.md'), 'utf8');
  const cells = (text: string) =>
    text
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .map((line) => line.split('|').map((cell) => cell.trim().replace(/^-+$/, '-')));
  expect(cells(page)).toEqual(cells(dataMapTable()));
});
