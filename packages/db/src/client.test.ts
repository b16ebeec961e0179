import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, inTransaction, openDatabase, openPool } from './client.ts';
import { workerDatabase } from './testing/index.ts';

let db: Database;

beforeAll(async () => {
  const { appUrl } = await workerDatabase();
  db = openDatabase(openPool({ url: appUrl, max: 4, applicationName: 'client.test' }));
});
afterAll(() => db.$client.end());

test('the pool gives up on statements, locks and forgotten transactions', async () => {
  const { rows } = await db.$client.query(
    `select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
      current_setting('idle_in_transaction_session_timeout') as idle, current_user as role`,
  );
  expect(rows).toEqual([{ statement: '5s', lock: '2s', idle: '10s', role: 'palier_app' }]);
});
