import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as drizzleMigrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { checkMigrations, migrate } from './migrate.ts';
import { freshDatabase } from './testing/index.ts';
import { writeMigrations } from './testing/migrations.ts';

const A = { tag: '0000_a', sql: 'create table a (id int)', when: 10 };
const B = {
  tag: '0001_b',
  sql: 'create table b (id int);--> statement-breakpoint\ninsert into b values (1)',
  when: 20,
};
const C = { tag: '0002_c', sql: 'create table c (id int)', when: 30 };

const pools: pg.Pool[] = [];
const poolOn = (url: string): pg.Pool => {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on('error', () => undefined);
  pools.push(pool);
  return pool;
};
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.end())));

const tablesOf = async (url: string): Promise<string[]> => {
  const { rows } = await poolOn(url).query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  );
  return rows.map(({ name }) => name);
};

test('of eight at once one applies and seven find nothing to do', async () => {
  const { ownerUrl } = await freshDatabase('empty');
  const folder = writeMigrations([A, B]);
  const applied = await Promise.all(Array.from({ length: 8 }, () => migrate({ ownerUrl, folder })));
  expect(applied.toSorted()).toEqual([0, 0, 0, 0, 0, 0, 0, 2]);
  expect((await poolOn(ownerUrl).query('select * from b')).rows).toEqual([{ id: 1 }]);
});

test("drizzle's own step breaks when eight run at once", async () => {
  const folder = writeMigrations([A, B]);
  const failures: unknown[] = [];
  for (let round = 0; round < 10 && failures.length === 0; round += 1) {
    const { ownerUrl } = await freshDatabase('empty');
    const ends = await Promise.allSettled(
      Array.from({ length: 8 }, () => drizzleMigrate(drizzle(poolOn(ownerUrl)), { migrationsFolder: folder })),
    );
    failures.push(...ends.filter(({ status }) => status === 'rejected'));
  }
  expect(failures).not.toEqual([]);
});

test("a file stamped before one already applied is refused, where drizzle's own step skips it in silence", async () => {
  const { ownerUrl, appUrl } = await freshDatabase('empty');
  const folder = writeMigrations([A, C]);
  await migrate({ ownerUrl, folder });
  writeMigrations([A, B, C], folder);
  await expect(migrate({ ownerUrl, folder })).rejects.toMatchObject({
    code: 'migration.out-of-order',
    message: expect.stringContaining('0001_b.sql'),
  });
  await expect(checkMigrations(poolOn(appUrl), folder)).rejects.toMatchObject({ code: 'migration.out-of-order' });
  await drizzleMigrate(drizzle(poolOn(ownerUrl)), { migrationsFolder: folder });
  expect(await tablesOf(ownerUrl)).toEqual(['a', 'c']);
});

test('a journal whose stamps do not grow is refused before anything is applied', async () => {
  const { ownerUrl } = await freshDatabase('empty');
  const folder = writeMigrations([A, { ...B, when: 10 }]);
  await expect(migrate({ ownerUrl, folder })).rejects.toMatchObject({ code: 'migration.out-of-order' });
  expect(await tablesOf(ownerUrl)).toEqual([]);
});

test('a file changed after it was applied is refused by name', async () => {
  const { ownerUrl, appUrl } = await freshDatabase('empty');
  const folder = writeMigrations([A, B]);
  await migrate({ ownerUrl, folder });
  writeMigrations([A, { ...B, sql: `${B.sql}\n` }], folder);
  const refusal = { code: 'migration.changed', message: expect.stringContaining('0001_b.sql') };
  await expect(migrate({ ownerUrl, folder })).rejects.toMatchObject(refusal);
  await expect(checkMigrations(poolOn(appUrl), folder)).rejects.toMatchObject(refusal);
});

test('a database ahead of this version is refused', async () => {
  const { ownerUrl, appUrl } = await freshDatabase('empty');
  await migrate({ ownerUrl, folder: writeMigrations([A, B]) });
  const older = writeMigrations([A]);
  await expect(migrate({ ownerUrl, folder: older })).rejects.toMatchObject({ code: 'migration.unknown-newer' });
  await expect(checkMigrations(poolOn(appUrl), older)).rejects.toMatchObject({ code: 'migration.unknown-newer' });
});

test('a folder and its journal that disagree are refused', async () => {
  const { ownerUrl } = await freshDatabase('empty');
  const folder = writeMigrations([A]);
  writeFileSync(join(folder, '0001_stray.sql'), 'select 1');
  await expect(migrate({ ownerUrl, folder })).rejects.toMatchObject({ code: 'migration.unlisted' });
  const lost = writeMigrations([A]);
  writeFileSync(join(lost, 'meta/_journal.json'), JSON.stringify({ entries: [{ tag: '0000_lost', when: 1 }] }));
  await expect(migrate({ ownerUrl, folder: lost })).rejects.toMatchObject({ code: 'migration.missing' });
});

test('the boot check passes on this version alone, before it on an unmigrated database not', async () => {
  const { ownerUrl, appUrl } = await freshDatabase('empty');
  const folder = writeMigrations([A, B]);
  await expect(checkMigrations(poolOn(appUrl), folder)).rejects.toMatchObject({ code: 'migration.pending' });
  await migrate({ ownerUrl, folder });
  await expect(checkMigrations(poolOn(appUrl), folder)).resolves.toBeUndefined();
  writeMigrations([A, B, C], folder);
  await expect(checkMigrations(poolOn(appUrl), folder)).rejects.toMatchObject({
    code: 'migration.pending',
    message: expect.stringContaining('0002_c.sql'),
  });
});

test('the application reads which migrations are applied and cannot rewrite that', async () => {
  const { ownerUrl, appUrl } = await freshDatabase('empty');
  await migrate({ ownerUrl, folder: writeMigrations([A]) });
  const app = poolOn(appUrl);
  for (const statement of [
    `insert into drizzle.__drizzle_migrations (hash) values ('x')`,
    `update drizzle.__drizzle_migrations set hash = 'x' where id = 1`,
    'delete from drizzle.__drizzle_migrations where id = 1',
    'create table mine (id int)',
  ])
    await expect(app.query(statement), statement).rejects.toThrow('permission denied');
});

test('a file that fails is named and leaves nothing, and those before it stay', async () => {
  const { ownerUrl } = await freshDatabase('empty');
  const broken = { ...B, sql: `${B.sql};--> statement-breakpoint\ninsert into b values ('not a number')` };
  await expect(migrate({ ownerUrl, folder: writeMigrations([A, broken]) })).rejects.toMatchObject({
    code: 'migration.failed',
    message: expect.stringContaining('0001_b.sql'),
    cause: { code: '22P02' },
  });
  expect(await tablesOf(ownerUrl)).toEqual(['a']);
  expect(await migrate({ ownerUrl, folder: writeMigrations([A, B]) })).toBe(1);
});

test('a migration cut by the loss of its connection is begun again by the next', async () => {
  const { ownerUrl } = await freshDatabase('empty');
  const cut = { ...A, sql: `${A.sql};--> statement-breakpoint\nselect pg_terminate_backend(pg_backend_pid())` };
  await expect(migrate({ ownerUrl, folder: writeMigrations([cut]) })).rejects.toMatchObject({
    code: 'migration.failed',
  });
  expect(await migrate({ ownerUrl, folder: writeMigrations([A]) })).toBe(1);
});

test('only a file that says so runs outside a transaction', async () => {
  const { ownerUrl } = await freshDatabase('empty');
  const index = 'create index concurrently a_id on a (id)';
  const bare = writeMigrations([A, { tag: '0001_index', sql: index, when: 20 }]);
  await expect(migrate({ ownerUrl, folder: bare })).rejects.toThrow('cannot run inside a transaction block');
  const marked = { tag: '0001_index', sql: `-- palier: no transaction\n${index}`, when: 20 };
  expect(await migrate({ ownerUrl, folder: writeMigrations([A, marked]) })).toBe(1);
});

test('the step that follows the files runs each time, alone, and its failure is the whole failure', async () => {
  const { ownerUrl } = await freshDatabase('empty');
  const folder = writeMigrations([A]);
  let running = 0;
  let most = 0;
  const after = async (url: string): Promise<void> => {
    running += 1;
    most = Math.max(most, running);
    await poolOn(url).query('create table if not exists made_after (id int)');
    running -= 1;
  };
  await Promise.all([1, 2, 3].map(() => migrate({ ownerUrl, folder, after })));
  expect(most).toBe(1);
  expect(await tablesOf(ownerUrl)).toEqual(['a', 'made_after']);
  const failing = migrate({ ownerUrl, folder, after: () => Promise.reject(new Error('no queue')) });
  await expect(failing).rejects.toThrow('no queue');
});
