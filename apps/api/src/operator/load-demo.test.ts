import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshDatabase } from '@palier/db/testing';
import { demoPassword } from '@palier/demo';
import { type Cell, cellDistanceM } from '@palier/domain/places';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHashing } from '../accounts/index.ts';
import { openKeys } from '../keys.ts';
import { loadDemo } from './load-demo.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'palier-demo-'));
const now = new Date('2026-11-22T09:00:00Z');
const hashing = openHashing();
let pool: pg.Pool;
let load: () => Promise<boolean>;

beforeAll(async () => {
  const { appUrl } = await freshDatabase('migrated');
  pool = new pg.Pool({ connectionString: appUrl, max: 2 });
  pool.on('error', () => undefined);
  load = () => loadDemo({ appUrl, dataDir, keys: openKeys(dataDir), hashing, now, say: () => undefined });
  expect(await load()).toBe(true);
});
afterAll(async () => {
  await pool.end();
  rmSync(dataDir, { recursive: true, force: true });
});

const rows = async <T extends pg.QueryResultRow>(text: string): Promise<T[]> => (await pool.query<T>(text)).rows;
const numbered = (from: number, to: number): string =>
  `a.email ~ '^resident-' and substring(a.email, 10, 3)::int between ${from} and ${to}`;

test('loads once: a database that holds anything is left as it is', async () => {
  const before = readFileSync(join(dataDir, 'demo-invitations.json'), 'utf8');
  expect(await load()).toBe(false);
  expect(readFileSync(join(dataDir, 'demo-invitations.json'), 'utf8')).toBe(before);
});

test('holds the territory of the contract', async () => {
  const [counts] =
    await rows(`select (select count(*)::int from residences) as residences, (select sum(homes)::int from residences) as homes,
    (select count(*)::int from residents) as residents, (select count(*)::int from residents r join residences h on h.id = r.residence_id where h.commune = '01173') as gex,
    (select count(*)::int from accounts) as accounts, (select count(distinct account_id)::int from role_grants where role = 'coordinator') as coordinators,
    (select count(distinct account_id)::int from role_grants where role = 'referent') as referents, (select count(distinct commune)::int from role_grants where role = 'officer') as officers,
    (select count(*)::int from invitations) as invitations, (select count(distinct state)::int from posts) as states, (select count(distinct category)::int from posts) as categories`);
  expect(counts).toEqual({
    residences: 18,
    homes: 545,
    residents: 220,
    gex: 110,
    accounts: 236,
    coordinators: 2,
    referents: 6,
    officers: 8,
    invitations: 18,
    states: 7,
    categories: 16,
  });
});

test('keeps what is promised of 001 to 020, 200 to 220, and the first referent', async () => {
  const first = await rows<{
    residence_id: string;
    stair_id: string;
    cell: string;
    confirmed: boolean;
    commune: string;
    trust: string;
    old: boolean;
  }>(
    `select r.residence_id, r.stair_id, h.cell, a.email_confirmed_at is not null as confirmed, h.commune, r.trust, a.created_at < timestamptz '2026-10-22' as old
     from accounts a join residents r on r.account_id = a.id join residences h on h.id = r.residence_id where ${numbered(1, 20)} order by a.email`,
  );
  expect(first).toHaveLength(20);
  expect(new Set(first.slice(0, 10).map((one) => one.residence_id)).size).toBe(1);
  expect(new Set(first.slice(0, 3).map((one) => one.stair_id)).size).toBe(1);
  expect(new Set(first.slice(10).map((one) => one.residence_id)).size).toBe(1);
  expect(first.every((one) => one.confirmed && one.old && one.commune === '01173' && one.trust !== 'new')).toBe(true);
  expect(cellDistanceM(first[0]?.cell as Cell, first[19]?.cell as Cell)).toBeLessThanOrEqual(1_000);
  const last = await rows<{ commune: string; trust: string; email: string }>(
    `select h.commune, r.trust, a.email from accounts a join residents r on r.account_id = a.id join residences h on h.id = r.residence_id where ${numbered(200, 220)}`,
  );
  expect(last).toHaveLength(21);
  expect(last.every((one) => one.commune !== '01173')).toBe(true);
  const fresh = await rows<{ email: string }>(
    `select a.email from accounts a join residents r on r.account_id = a.id where r.trust = 'new' order by 1`,
  );
  expect(fresh.map((one) => one.email)).toEqual(['resident-219@demo.palier.test', 'resident-220@demo.palier.test']);
  const [referent] = await rows<{ looks: boolean }>(
    `select exists (select from role_grants g join accounts a on a.id = g.account_id where a.email = 'referent-1@demo.palier.test' and g.residence_id = '${first[0]?.residence_id}') as looks`,
  );
  expect(referent?.looks).toBe(true);
});

test('every count kept beside the favours agrees with them', async () => {
  expect(
    await rows(
      `select p.id from posts p where p.taken <> (select count(*) from favours f where f.post_id = p.id and f.state in ('accepted', 'done'))`,
    ),
  ).toEqual([]);
  expect(
    await rows(
      `select r.id from residents r where r.open_favours <> (select count(*) from favours f join posts p on p.id = f.post_id where p.kind = 'request' and f.helper_id = r.id and f.state in ('accepted', 'standby'))`,
    ),
  ).toEqual([]);
  expect(
    await rows(
      `select id from posts where state = 'filled' and taken <> helpers_needed or state in ('open', 'held', 'filled') and expires_at <= '${now.toISOString()}' or created_at > '${now.toISOString()}'`,
    ),
  ).toEqual([]);
  expect(
    await rows(
      `select f.id from favours f join posts p on p.id = f.post_id where f.created_at < p.created_at or f.updated_at < f.created_at or f.updated_at > '${now.toISOString()}'`,
    ),
  ).toEqual([]);
});

test('twelve closed months lie behind the first start, each with favours done', async () => {
  const months = await rows<{ month: string; done: number }>(
    `select to_char(created_at at time zone 'Europe/Paris', 'YYYY-MM') as month, count(*)::int as done from posts where state = 'done' group by 1 order by 1`,
  );
  const closed = months.filter(({ month }) => month >= '2025-11' && month <= '2026-10');
  expect(closed).toHaveLength(12);
  expect(closed.every(({ done }) => done >= 10)).toBe(true);
});

test('one password opens every account, and no code is in the database', async () => {
  const hashes = await rows<{ password_hash: string }>('select distinct password_hash from accounts');
  expect(hashes).toHaveLength(1);
  expect(await hashing.verify(hashes[0]?.password_hash, demoPassword)).toBe(true);
  const codes = JSON.parse(readFileSync(join(dataDir, 'demo-invitations.json'), 'utf8')) as Record<string, string>;
  const stored = await rows<{ residence_id: string; lookup: string; secret_hash: string }>(
    'select residence_id, lookup, secret_hash from invitations',
  );
  for (const { residence_id, lookup, secret_hash } of stored) {
    expect(codes[residence_id]?.startsWith(lookup)).toBe(true);
    expect(secret_hash).toMatch(/^\$argon2id\$/);
  }
});

test('is one act of the operator in the log', async () => {
  expect(await rows('select action, actor_role from audit')).toEqual([{ action: 'demo.load', actor_role: 'operator' }]);
  expect(await rows('select kind, change from outbox')).toEqual([{ kind: 'audit', change: 'demo.load' }]);
});
