import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { migrate } from '../migrate.ts';
import { newFolder } from '../testing/folders.ts';
import { freshDatabase } from '../testing/index.ts';
import { writeMigrations } from '../testing/migrations.ts';
import { backup, restore } from './index.ts';

const SPINE = `
  create table residents (id bigserial primary key, name text not null, friend bigint references residents, note text generated always as (upper(name)) stored);
  create table audit (id bigserial primary key, resident bigint not null references residents, at timestamptz not null default now(), bytes bytea);
  create table head (id int primary key, seq bigint not null);
  insert into head values (1, 0);
  create function refuse_change() returns trigger language plpgsql as $$ begin raise exception 'append only'; end $$;
  create trigger audit_append_only before insert or update or delete or truncate on audit for each statement execute function refuse_change();
  alter table audit enable always trigger audit_append_only;
  alter table residents enable row level security;
  alter table residents force row level security;
  create policy nobody on residents using (false);
  create schema pgboss;
  create table pgboss.job (name text, data jsonb) partition by list (name);
  create table pgboss.job_match partition of pgboss.job for values in ('match');
  create table pgboss.queue (name text primary key);
  insert into pgboss.queue values ('match')`;
const ROWS = `
  alter table residents no force row level security;
  alter table audit disable trigger user;
  insert into residents (name) select 'résident ' || n || E'\\t\\n\\\\.' from generate_series(1, 500) n;
  update residents set friend = 501 - id;
  insert into audit (resident, bytes) select id, decode('00ff0a5c', 'hex') from residents;
  update head set seq = 42;
  insert into pgboss.job select 'match', jsonb_build_object('n', n) from generate_series(1, 20) n;
  alter table audit enable always trigger audit_append_only`;

let folder: string;
let file: string;
let dataDir: string;
const photo = randomBytes(100_000);
const run = async <Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> => {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<Row>(sql).finally(() => client.end());
  return rows;
};
const migrated = async (): Promise<string> => {
  const { ownerUrl } = await freshDatabase('empty');
  await migrate({ ownerUrl, folder });
  return ownerUrl;
};

beforeAll(async () => {
  folder = writeMigrations([{ tag: '0000_spine', sql: SPINE }]);
  dataDir = newFolder();
  mkdirSync(join(dataDir, 'photos/ab'), { recursive: true });
  writeFileSync(join(dataDir, 'photos/ab/one.webp'), photo);
  writeFileSync(join(dataDir, 'photos/empty.webp'), '');
  writeFileSync(join(dataDir, 'blur.key'), 'the blur secret');
  writeFileSync(join(dataDir, 'audit.key'), 'the audit key');
  writeFileSync(join(dataDir, 'postgres.json'), 'stays at home');
  const ownerUrl = await migrated();
  await run(ownerUrl, ROWS);
  file = join(newFolder(), 'palier.tar.gz');
  await backup({ ownerUrl, dataDir, file });
});

test('an archive restored and backed up again holds the same rows, files and keys, byte for byte', async () => {
  const ownerUrl = await migrated();
  const home = newFolder();
  writeFileSync(join(home, 'audit.key'), 'made by a first start');
  const seen: unknown[] = [];
  const first = await restore({
    ownerUrl,
    dataDir: home,
    file,
    seeded: ['head'],
    afterRestore: async (client) => {
      seen.push(...(await client.query('update head set seq = 1000 where id = 1 returning seq')).rows);
      await client.query('update head set seq = 42 where id = 1');
    },
  });
  expect(seen).toEqual([{ seq: '1000' }]);
  expect(readFileSync(join(home, 'photos/ab/one.webp')).equals(photo)).toBe(true);
  expect(readFileSync(join(home, 'blur.key'), 'utf8')).toBe('the blur secret');
  expect(readFileSync(join(home, 'audit.key'), 'utf8')).toBe('the audit key');
  expect(readdirSync(home).some((name) => name.startsWith('audit.key.before-restore-of-'))).toBe(true);
  expect(existsSync(join(home, 'postgres.json'))).toBe(false);
  expect(existsSync(join(home, 'restoring'))).toBe(false);

  await run(ownerUrl, 'alter table residents no force row level security');
  const again = await backup({ ownerUrl, dataDir: home, file: join(newFolder(), 'again.tar.gz') });
  const rowsOf = (tables: typeof first.tables) => Object.fromEntries(tables.map(({ name, rows }) => [name, rows]));
  expect(rowsOf(again.tables)).toEqual({
    ...{ __drizzle_migrations: 1, job_match: 20, queue: 1, audit: 500, head: 1, residents: 500 },
  });
  const hashes = (entries: typeof first.entries) => entries.filter(({ name }) => !name.includes('/drizzle.'));
  expect(hashes(again.entries)).toEqual(hashes(first.entries));
});

test('a restore leaves foreign keys, triggers, forced row security and sequences as they were', async () => {
  const ownerUrl = await migrated();
  await restore({ ownerUrl, dataDir: newFolder(), file, seeded: ['head'] });
  expect(
    await run(
      ownerUrl,
      `select (select count(*)::int from pg_constraint where contype = 'f' and convalidated) as keys,
        (select tgenabled from pg_trigger where tgname = 'audit_append_only') as trigger,
        (select relforcerowsecurity from pg_class where relname = 'residents') as forced,
        nextval('residents_id_seq')::int as next`,
    ),
  ).toEqual([{ keys: 2, trigger: 'A', forced: true, next: 501 }]);
  await expect(run(ownerUrl, 'insert into audit (resident) values (1)')).rejects.toThrow('append only');
  await run(ownerUrl, 'alter table residents no force row level security');
  await expect(run(ownerUrl, `insert into residents (name, friend) values ('x', 9999)`)).rejects.toThrow('foreign key');
});

test('an archive is for its maker alone to read', () => {
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(file, '..'))).toEqual(['palier.tar.gz']);
});

test('rows committed once the backup has begun are in no table of it', async () => {
  const ownerUrl = await migrated();
  await run(ownerUrl, ROWS);
  const writer = new pg.Client(ownerUrl);
  await writer.connect();
  await writer.query('begin; lock table pgboss.job_match in access exclusive mode'); // the backup waits here, before it comes to the queue
  const written: Promise<unknown>[] = [];
  const { tables } = await backup({
    ownerUrl,
    dataDir,
    file: join(newFolder(), 'live.tar.gz'),
    say: () => {
      if (written.length === 0) written.push(writer.query(`insert into pgboss.queue values ('late'); commit`));
    },
  });
  await Promise.all(written);
  await writer.end();
  expect(tables.find(({ name }) => name === 'queue')?.rows).toBe(1);
  expect(await run(ownerUrl, 'select count(*)::int from pgboss.queue')).toEqual([{ count: 2 }]);
});

test('a table whose rows are hidden from the owner stops the backup instead of coming out empty', async () => {
  const target = join(newFolder(), 'hidden.tar.gz');
  await expect(backup({ ownerUrl: await migrated(), dataDir, file: target })).rejects.toThrow('row-level security');
  expect(readdirSync(join(target, '..'))).toEqual([]);
});

test('a restore refuses a database at another migration', async () => {
  const other = writeMigrations([
    { tag: '0000_spine', sql: SPINE },
    { tag: '0001_more', sql: 'create table more (id int)' },
  ]);
  const { ownerUrl } = await freshDatabase('empty');
  await migrate({ ownerUrl, folder: other });
  await expect(restore({ ownerUrl, dataDir: newFolder(), file, seeded: ['head'] })).rejects.toMatchObject({
    code: 'backup.other-migration',
  });
});

test('a restore refuses a database that holds rows, and leaves them', async () => {
  const ownerUrl = await migrated();
  await run(ownerUrl, ROWS);
  await expect(restore({ ownerUrl, dataDir: newFolder(), file, seeded: ['head'] })).rejects.toMatchObject({
    code: 'backup.not-empty',
  });
  expect(await run(ownerUrl, 'select count(*)::int from residents')).toEqual([{ count: 500 }]);
});

test('a restore whose last step fails changes neither rows nor keys', async () => {
  const ownerUrl = await migrated();
  const home = newFolder();
  const afterRestore = () => Promise.reject(new Error('no epoch'));
  await expect(restore({ ownerUrl, dataDir: home, file, seeded: ['head'], afterRestore })).rejects.toThrow('no epoch');
  expect(await run(ownerUrl, 'select count(*)::int as audit, (select seq from head) from audit')).toEqual([
    { audit: 0, seq: '0' },
  ]);
  expect(readdirSync(home)).toEqual([]);
});

test('a backup refuses a DATA_DIR without its blur secret, and a file that exists', async () => {
  const ownerUrl = await migrated();
  const target = join(newFolder(), 'none.tar.gz');
  await expect(backup({ ownerUrl, dataDir: newFolder(), file: target })).rejects.toMatchObject({
    code: 'backup.no-blur-key',
  });
  expect(existsSync(target)).toBe(false);
  await expect(backup({ ownerUrl, dataDir, file })).rejects.toMatchObject({ code: 'backup.exists' });
});

test('a restore refuses an archive whose blur secret is missing', async () => {
  const bare = newFolder();
  writeFileSync(join(bare, 'blur.key'), '');
  const ownerUrl = await migrated();
  const keyless = join(newFolder(), 'keyless.tar.gz');
  await run(ownerUrl, 'alter table residents no force row level security');
  await backup({ ownerUrl, dataDir: bare, file: keyless });
  await expect(restore({ ownerUrl, dataDir: newFolder(), file: keyless })).rejects.toMatchObject({
    code: 'backup.no-blur-key',
  });
});

test.each([
  ['cut in the middle', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
  ['with a flipped bit', (bytes: Buffer) => flip(bytes, bytes.length / 3)],
  ['with a row changed and packed anew', (bytes: Buffer) => gzipSync(swap(gunzipSync(bytes)))],
  ['that is not one', () => Buffer.from('not an archive')],
])('a restore refuses an archive %s', async (_, damage) => {
  const damaged = join(newFolder(), 'damaged.tar.gz');
  writeFileSync(damaged, damage(readFileSync(file)));
  const home = newFolder();
  const ownerUrl = await migrated();
  await expect(restore({ ownerUrl, dataDir: home, file: damaged, seeded: ['head'] })).rejects.toMatchObject({
    code: 'backup.corrupted',
  });
  expect(readdirSync(home)).toEqual([]);
});

const flip = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  const index = Math.floor(at);
  copy.writeUInt8(copy.readUInt8(index) ^ 1, index);
  return copy;
};
const swap = (tar: Buffer): Buffer => {
  tar.write('RÉSIDENT 250', tar.indexOf('résident 250'));
  return tar;
};
