import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { schema } from '@palier/db';
import { isPgEnum } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openHarness } from '../harness.ts';

const h = await openHarness();
const owner = new pg.Client(h.ownerUrl);
owner.on('error', () => undefined);
await owner.connect();
afterAll(() => owner.end());

test('the application can add to the log and to its chain, and do nothing else to them', async () => {
  await h.mintResident().then((someone) => h.call('PATCH', '/me', { as: someone, body: { largeText: true } }));
  for (const table of ['audit', 'audit_chain'])
    for (const statement of [
      `update ${table} set ${table === 'audit' ? 'reason' : 'hash'} = 'x'`,
      `delete from ${table}`,
      `truncate ${table}`,
      `alter table ${table} disable trigger user`,
      `alter table ${table} add column x int`,
      `drop trigger ${table}_append_only on ${table}`,
      `drop table ${table}`,
      `create rule quiet as on insert to ${table} do instead nothing`,
    ])
      await expect(h.pool.query(statement), statement).rejects.toThrow(/permission denied|must be owner/);
});

test('even its owner meets the trigger', async () => {
  for (const statement of [`update audit set reason = 'x'`, 'delete from audit', 'truncate audit_chain'])
    await expect(owner.query(statement), statement).rejects.toThrow('append-only');
});

test('the application cannot become another role, change the schema, or read files', async () => {
  for (const statement of [
    'set role palier_owner',
    'create role palier_friend',
    'alter role palier_app superuser',
    'create table public.mine (id int)',
    'create schema mine',
    'alter table posts add column x int',
    'drop table posts',
    'create index on posts (title)',
    'create extension dblink',
    `copy posts to program 'true'`,
    `copy posts to '/tmp/posts'`,
    `select pg_read_file('/etc/passwd')`,
    'create function public.f() returns int language sql as $$ select 1 $$',
    'delete from drizzle.__drizzle_migrations',
    'delete from stream_head',
    'insert into stream_head (id, seq, fence) values (2, 0, 0)',
  ])
    await expect(h.pool.query(statement), statement).rejects.toThrow(
      /permission denied|must be owner|must have|only roles? with|not allowed/i,
    );
});

test('the application’s role owns nothing, is no superuser and does not pass row security', async () => {
  const { rows: role } = await h.pool.query(
    'select current_user as name, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = current_user',
  );
  expect(role).toEqual([
    {
      name: 'palier_app',
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
    },
  ]);
  const { rows: owned } = await owner.query(
    `select relname from pg_class where relowner = 'palier_app'::regrole and relpersistence <> 't' union all select datname from pg_database where datdba = 'palier_app'::regrole`,
  );
  expect(owned).toEqual([]);
  const { rows: member } = await owner.query(
    `select roleid::regrole::text as of from pg_auth_members where member = 'palier_app'::regrole`,
  );
  expect(member).toEqual([]);
});

/** What may be done to each table; a table that is not named here may be read, written, changed and emptied row by row. */
const narrower: Record<string, string> = {
  audit: 'INSERT SELECT',
  audit_chain: 'INSERT SELECT',
  releases: 'INSERT SELECT',
  stream_head: 'SELECT UPDATE',
  watch_readings: 'DELETE INSERT SELECT',
  watch_seats: 'SELECT',
};

test('its rights on every table are the ones written here', async () => {
  const { rows } = await owner.query<{ name: string; rights: string }>(
    `select c.relname as name, string_agg(a.privilege_type, ' ' order by a.privilege_type) as rights
     from pg_class c cross join lateral aclexplode(c.relacl) a
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and a.grantee = 'palier_app'::regrole group by 1 order by 1`,
  );
  expect(rows.length).toBeGreaterThan(15);
  for (const { name, rights } of rows)
    expect([name, rights]).toEqual([name, narrower[name] ?? 'DELETE INSERT SELECT UPDATE']);
  const { rows: everyone } = await owner.query(
    `select c.relname from pg_class c cross join lateral aclexplode(c.relacl) a where c.relnamespace = 'public'::regnamespace and a.grantee = 0`,
  );
  expect(everyone).toEqual([]);
});

/** Every closed list that the domain exports, as its words in their order. */
const listsOfDomain = async (): Promise<string[]> => {
  const folder = join(import.meta.dirname, '../../../../packages/domain/src');
  const capabilities = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const modules = await Promise.all(
    capabilities.map(({ name }) => import(join(folder, name, 'index.ts')) as Promise<Record<string, unknown>>),
  );
  return modules
    .flatMap((module) => Object.values(module))
    .map((value) => (value instanceof z.ZodEnum ? value.options : value))
    .filter((value) => Array.isArray(value))
    .map((words) => words.join(' '));
};

test('each enum of the database has the words of the domain, in their order', async () => {
  const { rows } = await owner.query<{ name: string; words: string }>(
    `select t.typname as name, string_agg(e.enumlabel::text, ' ' order by e.enumsortorder) as words from pg_type t
     join pg_enum e on e.enumtypid = t.oid where t.typnamespace = 'public'::regnamespace group by 1 order by 1`,
  );
  const declared = (Object.values(schema) as unknown[]).filter(isPgEnum);
  expect(rows).toEqual(
    declared
      .map(({ enumName, enumValues }) => ({ name: enumName, words: enumValues.join(' ') }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
  const lists = await listsOfDomain();
  expect(rows.filter(({ words }) => !lists.includes(words))).toEqual([]);
  expect(rows.length).toBeGreaterThanOrEqual(11);
});

test('what is secret is nowhere at rest as it was given: passwords, sessions, codes, links', async () => {
  const someone = await h.mintResident();
  const { code } = await h.mintInvitation(someone.residenceId);
  const secrets = [someone.cookie.split('=')[1], code, code.replaceAll('-', ''), 'une phrase de voisins'];
  const { rows: tables } = await owner.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public'`,
  );
  for (const { name } of tables)
    for (const secret of secrets) {
      const { rows } = await owner.query(`select count(*)::int as n from ${name} t where position($1 in t::text) > 0`, [
        secret,
      ]);
      expect([name, rows[0].n]).toEqual([name, 0]);
    }
});
