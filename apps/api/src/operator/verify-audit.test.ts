import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inTransaction, openDatabase, openPool } from '@palier/db';
import { freshDatabase } from '@palier/db/testing';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, expect, test } from 'vitest';
import { until } from '../../test/live-harness.ts';
import { openKeys } from '../keys.ts';
import { readTail, startSequencer, tailSigner } from '../live/index.ts';
import { record } from '../record.ts';
import { verifyAudit } from './verify-audit.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'palier-audit-'));
const keys = openKeys(dataDir);
const clock = () => new Date();
const { appUrl, ownerUrl } = await freshDatabase('migrated');
const pool = openPool({ url: appUrl, max: 2, applicationName: 'test' });
const db = openDatabase(pool);
afterAll(async () => {
  await pool.end();
  rmSync(dataDir, { recursive: true });
});

const entry = {
  at: new Date('2026-11-02T08:00:00.123Z'),
  actorId: null,
  actorRole: 'operator' as const,
  action: 'territory.create',
  subject: 'territory',
};
const acts = 40;
for (let n = 0; n < acts; n += 1)
  await inTransaction(db, (tx) =>
    record(tx, { ...entry, commune: '01173', reason: n % 2 ? 'é — "quoted"' : 'other', text: `${n}` }),
  );
const sequencer = await startSequencer({
  url: appUrl,
  log: pino({ level: 'silent' }),
  publish: () => undefined,
  signTail: tailSigner({ dataDir, key: keys.audit, clock }),
});
const waiting = async () => (await pool.query('select from outbox where seq is null')).rowCount;
await until(async () => (await waiting()) === 0, 'the chain');
await sequencer.stop();
const verify = () => verifyAudit({ pool, dataDir, keys });

/** Does to the log what only its owner can, guards off, and undoes it after the look. */
const tamper = async (statement: string): Promise<Awaited<ReturnType<typeof verify>>> => {
  const owner = new pg.Client(ownerUrl);
  owner.on('error', () => undefined);
  await owner.connect();
  await owner.query('create table kept_audit as table audit; create table kept_chain as table audit_chain');
  await owner.query('alter table audit disable trigger user; alter table audit_chain disable trigger user');
  try {
    await owner.query(statement);
    return await verify();
  } finally {
    await owner.query(
      'truncate audit, audit_chain; insert into audit table kept_audit; insert into audit_chain table kept_chain; drop table kept_audit, kept_chain',
    );
    await owner.query('alter table audit enable trigger user; alter table audit_chain enable trigger user');
    await owner.end();
  }
};

test('an untouched log is whole, and its tail is signed at the stop', async () => {
  expect(await verify()).toEqual({ links: acts, faults: [] });
  expect(readTail(dataDir, keys.audit)).toMatchObject({ seq: acts });
});

test('the application itself can change nothing of it', async () => {
  for (const statement of [
    `update audit set reason = 'x'`,
    'delete from audit',
    'truncate audit',
    `update audit_chain set hash = 'x'`,
    'delete from audit_chain',
    'truncate audit_chain',
    'alter table audit disable trigger all',
  ])
    await expect(pool.query(statement), statement).rejects.toThrow(/permission denied|must be owner/);
});

test('one changed byte is found, in any column', async () => {
  for (const change of [
    `reason = 'Other'`,
    `at = at + interval '1 ms'`,
    `actor_role = 'resident'`,
    `action = 'territory.Create'`,
    `subject = 'x'`,
    `commune = '01174'`,
    `text_hash = 'x'`,
    `actor_id = id`,
    `subject_id = id`,
    `residence_id = id`,
  ])
    expect(
      await tamper(`update audit set ${change} where id = (select audit_id from audit_chain where seq = 17)`),
      change,
    ).toMatchObject({ faults: [{ fault: 'row-changed', seq: 17 }] });
});

test('a removed row is found, also with its link, also when the chain is closed over it again', async () => {
  expect(await tamper('delete from audit where id = (select audit_id from audit_chain where seq = 9)')).toMatchObject({
    faults: [{ fault: 'row-removed', seq: 9 }],
  });
  expect(
    await tamper(
      'delete from audit where id = (select audit_id from audit_chain where seq = 9); delete from audit_chain where seq = 9',
    ),
  ).toMatchObject({ faults: [{ fault: 'link-removed', seq: 9 }] });
  const closed = await tamper(
    'delete from audit_chain where seq = 9; update audit_chain set seq = -seq where seq > 9; update audit_chain set seq = -seq - 1 where seq < 0',
  );
  expect(closed.faults.map(({ fault }) => fault)).toEqual(['link-changed', 'tail-cut', 'row-unchained']);
});

test('a cut tail is found', async () => {
  expect(
    await tamper(
      'delete from audit where id in (select audit_id from audit_chain where seq > 35); delete from audit_chain where seq > 35',
    ),
  ).toMatchObject({ links: 35, faults: [{ fault: 'tail-cut', seq: acts }] });
});

test('a chain written anew from its first row to its last no longer fits what was signed', async () => {
  const rewritten = await tamper(`do $$ declare h text := ''; r record; p text; begin
    for r in select * from audit_chain order by seq loop
      p := h;
      h := replace(replace(rtrim(encode(sha256(convert_to(p || ' ' || case when r.seq = 3 then 'forged' else r.row_hash end, 'UTF8')), 'base64'), '='), '+', '-'), '/', '_');
      update audit_chain set prev_hash = p, hash = h, row_hash = case when seq = 3 then 'forged' else row_hash end where seq = r.seq;
    end loop; end $$`);
  expect(rewritten.faults).toMatchObject([
    { fault: 'row-changed', seq: 3 },
    { fault: 'tail-changed', seq: acts },
  ]);
});

test('an old row that was never chained is found', async () => {
  const slipped = await tamper(
    `insert into audit (id, at, actor_role, action, subject) values (gen_random_uuid(), now() - interval '1 hour', 'system', 'x', 'x')`,
  );
  expect(slipped.faults).toMatchObject([{ fault: 'row-unchained', seq: null }]);
});

test('a signature that is not ours, or none, is said', async () => {
  writeFileSync(
    join(dataDir, 'audit-tail.json'),
    JSON.stringify({ seq: acts, hash: 'x', at: '2026-11-02T08:00:00.000Z', signature: 'AAAA' }),
  );
  expect((await verify()).faults).toEqual([{ fault: 'tail-forged', seq: null, auditId: null }]);
  rmSync(join(dataDir, 'audit-tail.json'));
  expect((await verify()).faults).toEqual([{ fault: 'tail-absent', seq: null, auditId: null }]);
});
