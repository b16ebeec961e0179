import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, inTransaction, openDatabase, openPool, type Transaction } from './client.ts';
import { type TestDatabase, workerDatabase } from './testing/index.ts';

const PROGRAM = fileURLToPath(new URL('./testing/programs/lose-backend.ts', import.meta.url));

let urls: TestDatabase;
let db: Database;

beforeAll(async () => {
  urls = await workerDatabase();
  db = openDatabase(openPool({ url: urls.appUrl, max: 4, applicationName: 'client.test' }));
  const owner = new pg.Client(urls.ownerUrl);
  await owner.connect();
  await owner.query('create table client_test (id int primary key, n int not null)');
  await owner.query('insert into client_test values (1, 0), (2, 0)');
  await owner.end();
});
afterAll(async () => {
  await db.$client.end();
  const owner = new pg.Client(urls.ownerUrl);
  await owner.connect();
  await owner.query('drop table client_test');
  await owner.end();
});

const raise = (tx: Transaction, state: string) => tx.execute(sql`select pg_temp.raise(${state})`);
const defineRaise = (tx: Transaction) =>
  tx.execute(sql`create or replace function pg_temp.raise(state text) returns void language plpgsql as $$
    begin raise exception using errcode = state, message = 'asked'; end $$`);

test('the pool gives up on statements, locks and forgotten transactions', async () => {
  const { rows } = await db.$client.query(
    `select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
      current_setting('idle_in_transaction_session_timeout') as idle, current_user as role`,
  );
  expect(rows).toEqual([{ statement: '5s', lock: '2s', idle: '10s', role: 'palier_app' }]);
});

test('a full pool refuses within about two seconds instead of hanging', async () => {
  const pool = openPool({ url: urls.appUrl, max: 1, applicationName: 'client.test' });
  const held = await pool.connect();
  const asked = Date.now();
  await expect(pool.query('select 1')).rejects.toThrow('timeout');
  expect(Date.now() - asked).toBeLessThan(3_000);
  held.release();
  await pool.end();
});

test.each(['idle', 'busy'])('a backend killed while %s ends a process with a naive pool', (moment) => {
  const { status, stdout, stderr } = lose('naive', moment);
  expect(stdout).toBe('');
  expect(status).toBe(1);
  expect(stderr).toContain("Unhandled 'error' event");
});

test.each(['idle', 'busy'])('a backend killed while %s leaves a process with our pool at work', (moment) => {
  expect(lose('ours', moment)).toMatchObject({ status: 0, stdout: 'survived' });
});

const lose = (kind: string, moment: string) =>
  spawnSync(process.execPath, [PROGRAM, kind, moment, urls.appUrl], { encoding: 'utf8', timeout: 15_000 });

test('a serialization failure is tried again and both increments are kept', async () => {
  const { promise: bothRead, resolve } = Promise.withResolvers<void>();
  let reads = 0;
  const increment = async (tx: Transaction) => {
    const { rows } = await tx.execute<{ n: number }>(sql`select n from client_test where id = 1`);
    reads += 1;
    if (reads === 2) resolve();
    await bothRead;
    await tx.execute(sql`update client_test set n = ${Number(rows[0]?.n) + 1} where id = 1`);
  };
  const isolated = { isolationLevel: 'repeatable read' } as const;
  await Promise.all([inTransaction(db, increment, isolated), inTransaction(db, increment, isolated)]);
  expect(reads).toBe(3);
  expect((await db.execute(sql`select n from client_test where id = 1`)).rows).toEqual([{ n: 2 }]);
});

test('a deadlock is tried again', async () => {
  const { promise: bothHold, resolve } = Promise.withResolvers<void>();
  let held = 0;
  const lockBoth = (first: number, second: number) => async (tx: Transaction) => {
    await tx.execute(sql`update client_test set n = n + 1 where id = ${first}`);
    held += 1;
    if (held === 2) resolve();
    await bothHold;
    await tx.execute(sql`update client_test set n = n + 1 where id = ${second}`);
  };
  await Promise.all([inTransaction(db, lockBoth(1, 2)), inTransaction(db, lockBoth(2, 1))]);
  expect(held).toBe(3);
});

test.each([
  ['40001', 5],
  ['40P01', 5],
  ['23505', 1],
  ['55P03', 1],
])('an endless %s is tried %i times in all', async (state, tries) => {
  let seen = 0;
  const failing = inTransaction(db, async (tx) => {
    seen += 1;
    await defineRaise(tx);
    await raise(tx, state);
  });
  await expect(failing).rejects.toMatchObject({ cause: { code: state } });
  expect(seen).toBe(tries);
});

test('the first error is told even when the rollback after it fails', async () => {
  const failing = inTransaction(db, async (tx) => {
    const { rows } = await tx.execute(sql`select pg_backend_pid() as pid`);
    await db.execute(sql`select pg_terminate_backend(${rows[0]?.pid}, 5000)`);
    throw new Error('the first');
  });
  await expect(failing).rejects.toThrow('the first');
  expect((await db.execute(sql`select 1 as one`)).rows).toEqual([{ one: 1 }]);
});
