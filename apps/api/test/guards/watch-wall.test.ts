import { inTransaction, type Transaction, type WatchingAs, watchAs } from '@palier/db';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { newId } from '../../src/ids.ts';
import { openHarness } from '../harness.ts';
import { watched } from '../watched.ts';

const h = await openHarness();
const owner = new pg.Client(h.ownerUrl);
owner.on('error', () => undefined);
await owner.connect();
afterAll(() => owner.end());

const now = new Date();
const hour = 3_600_000;
const at = (hours: number) => new Date(now.getTime() + hours * hour);
const tables = ['watch_people', 'watch_contacts', 'watch_readers', 'watch_readings', 'watch_volunteers'] as const;
const w = watched(h);

const countAll = async (tx: Transaction) => {
  const counts: (number | null)[] = [];
  for (const table of tables) counts.push((await tx.execute(sql`select from ${sql.identifier(table)}`)).rowCount);
  return counts;
};
const seen = (who: WatchingAs | null, when = now) =>
  inTransaction(h.db, async (tx) => {
    if (who) await watchAs(tx, who, when);
    return countAll(tx);
  });
const nothing = [0, 0, 0, 0, 0];

const [person, reader, stranger, coordinator] = [
  await h.mintResident(),
  await h.mintResident(),
  await h.mintResident(),
  await h.mintAccount(),
];
const { personId, territoryId } = await w.plant(person, { contacts: 2 });
await w.plant(stranger, { contacts: 1 });
await w.name(personId, reader.accountId, { effectiveAt: at(-1), endsAt: at(24) });
await w.read(personId, reader.accountId);
await w.volunteer(person.id, territoryId);

test('every table of the watch about people has row security, and the application does not own it', async () => {
  const { rows } = await owner.query(
    `select relname as name, relrowsecurity as secured, relforcerowsecurity as forced, relowner::regrole::text as owner from pg_class
     where relkind = 'r' and relname like 'watch\\_%' and relname not in ('watch_reader_grants', 'watch_rounds') order by 1`,
  );
  for (const row of rows) expect(row).toEqual({ name: row.name, secured: true, forced: false, owner: 'palier_owner' });
  expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining([...tables]));
});

test('who says nothing sees nothing, on any connection, whatever another transaction said', async () => {
  expect(await seen('house')).not.toEqual(nothing);
  for (let n = 0; n < 12; n++) expect(await seen(null)).toEqual(nothing);
  const { rows } = await h.pool.query('select * from watch_people');
  expect(rows).toEqual([]);
});

test('a person sees what is theirs, a reader whom they read, and nobody else anything', async () => {
  expect(await seen({ residentId: person.id })).toEqual([1, 2, 1, 1, 1]);
  expect(await seen({ accountId: reader.accountId })).toEqual([1, 2, 1, 1, 0]);
  expect(await seen({ residentId: reader.id })).toEqual(nothing);
  expect(await seen({ accountId: person.accountId })).toEqual(nothing);
  expect(await seen({ accountId: coordinator.id })).toEqual(nothing);
  expect(await seen({ residentId: newId(), accountId: newId() })).toEqual(nothing);
  expect(await seen({})).toEqual(nothing);
});

test('a reader sees a person from 48 hours after the announcement until their end, and not once refused or ended', async () => {
  const late = await h.mintAccount();
  const times = { effectiveAt: at(10), endsAt: at(20) };
  await w.name(personId, late.id, times);
  const people = async (when: Date) => (await seen({ accountId: late.id }, when))[0];
  expect([await people(at(9.9)), await people(at(10)), await people(at(19.9)), await people(at(20))]).toEqual([
    0, 1, 1, 0,
  ]);
  for (const over of ['refusedAt', 'endedAt'] as const) {
    const other = await h.mintAccount();
    await w.name(personId, other.id, { ...times, [over]: now });
    expect([over, (await seen({ accountId: other.id }, at(15)))[0]]).toEqual([over, 0]);
  }
});

test('withdrawn or lapsed, an entry is gone for its readers and its contacts for everyone', async () => {
  const [gone, old] = [await h.mintResident(), await h.mintResident()];
  const both = await h.mintAccount();
  const withdrawn = await w.plant(gone, { contacts: 1, withdrawnAt: now });
  const lapsed = await w.plant(old, { contacts: 1, lapsesAt: at(-1) });
  for (const one of [withdrawn, lapsed]) await w.name(one.personId, both.id, { effectiveAt: at(-1), endsAt: at(24) });
  expect((await seen({ accountId: both.id })).slice(0, 2)).toEqual([0, 0]);
  expect((await seen({ residentId: gone.id })).slice(1)).toEqual([0, 0, 0, 0]);
});

test('a coordinator sees who reads seats of their territory, no entry; a seat says a residence and dates', async () => {
  await h.pool.query(
    `insert into role_grants (id, account_id, role, territory_id) values ($1, $2, 'coordinator', $3)`,
    [newId(), coordinator.id, territoryId],
  );
  const [people, contacts, readers, readings, volunteers] = await seen({ accountId: coordinator.id });
  expect([people, contacts, readings, volunteers]).toEqual([0, 0, 0, 1]);
  expect(readers).toBeGreaterThan(0);
  const { fields } = await h.pool.query('select * from watch_seats limit 1');
  expect(fields.map(({ name }) => name)).toEqual(['id', 'residence_id', 'joined_at', 'lapses_at', 'recorded_by']);
});

test('nobody writes past the wall: not another’s entry, nor a reading in another’s name, nor a change of what was read', async () => {
  const as = (who: WatchingAs, statement: ReturnType<typeof sql>) =>
    inTransaction(h.db, async (tx) => {
      await watchAs(tx, who, now);
      return (await tx.execute(statement)).rowCount;
    });
  const reads = { accountId: reader.accountId };
  expect(await as(reads, sql`update watch_people set phone = '' where id = ${personId}`)).toBe(0);
  expect(await as(reads, sql`delete from watch_contacts where person_id = ${personId}`)).toBe(0);
  expect(await as(reads, sql`delete from watch_readings where person_id = ${personId}`)).toBe(0);
  expect(await as({ residentId: person.id }, sql`delete from watch_readings where person_id = ${personId}`)).toBe(0);
  const reading = sql`insert into watch_readings (id, person_id, account_id, read_as, what, at) values (${newId()}, ${personId}, ${stranger.accountId}, 'reader', 'entry', now())`;
  await expect(as(reads, reading)).rejects.toMatchObject({ cause: { code: '42501' } });
  await expect(h.pool.query(`update watch_readings set what = 'list'`)).rejects.toThrow('permission denied');
  await expect(h.pool.query(`update watch_seats set joined_at = now()`)).rejects.toThrow('permission denied');
});
