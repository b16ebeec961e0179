import { inTransaction, watchAs } from '@palier/db';
import { sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { tick } from '../../test/watch.ts';
import { openHashing } from '../accounts/index.ts';
import { loadDemo } from '../operator/load-demo.ts';
import { communeCoverage, tendDemo } from './index.ts';

const startAt = new Date('2026-11-22T09:30:00Z'); // a Sunday, 10:30 in Gex
let now = startAt;
const h = await openHarness({}, { clock: () => now }, undefined, true);
const hourMs = 3_600_000;

beforeAll(async () => {
  const { appUrl, dataDir, deps } = h;
  const say = () => undefined;
  expect(await loadDemo({ appUrl, dataDir, keys: deps.keys, hashing: openHashing(), now, say })).toBe(true);
});

const ctx = () => ({ ...h.deps, actor: null, now, ip: '', locale: 'fr', tx: null }) as const;
/** One minute's work of the watch in the demo. */
const minute = async () => {
  await tick(h);
  await tendDemo(ctx());
};
const as = async (name: string) => {
  const { rows } = await h.pool.query<{ id: string }>('select id from accounts where email = $1', [
    `${name}@demo.palier.test`,
  ]);
  return { cookie: `${h.app.sessions.cookieName}=${await h.app.sessions.create(rows[0]?.id ?? '', now)}` };
};
const get = async (name: string, path: string) => (await h.call('GET', path, { as: await as(name) })).body;
const pastWall = (query: ReturnType<typeof sql>) =>
  inTransaction(h.db, async (tx) => {
    await watchAs(tx, 'house', now);
    return (await tx.execute(query)).rows;
  });
const states = async (): Promise<Record<string, number>> => {
  const rows = await pastWall(sql`select state, count(*)::int as n from watch_checks group by 1`);
  return Object.fromEntries(rows.map(({ state, n }) => [String(state), Number(n)]));
};
const toldSince = async (since: Date) => {
  const { rows } = await h.pool.query<{ n: number }>(
    `select count(*)::int as n from notifications where kind = 'watch' and created_at > $1 group by account_id`,
    [since],
  );
  return rows.map(({ n }) => n);
};

test('each account of the demo has something of the watch to see at once: volunteer, reader, coordinator, referent, officer and whoever is looked in on', {
  timeout: 60_000,
}, async () => {
  const volunteer = await get('resident-028', '/watch/visits');
  expect(volunteer).toMatchObject({ isVolunteer: true, isReader: false });
  expect(volunteer.offers).toMatchObject([{ residence: 'Les Jardins de Genève', way: 'bell', colour: 'yellow' }]);
  const reader = await get('resident-031', '/watch/visits');
  expect(reader.offers.map(({ way }: { way: string }) => way).sort()).toEqual(['bell', 'phone']);
  const board = await get('resident-031', '/watch/board');
  const sum = (key: string) =>
    board.coverage.reduce((all: number, line: Record<string, number>) => all + (line[key] ?? 0), 0);
  expect([sum('due'), sum('covered'), sum('waiting'), sum('escalated')]).toEqual([13, 11, 2, 0]);
  expect((await get('resident-024', '/watch/people')).items).toHaveLength(5);
  const { items: rounds, waiting } = await get('coordinator-1', '/watch/rounds');
  expect(rounds).toMatchObject([{ hazard: 'cold', colour: 'yellow', byWeather: false, mayClose: true }]);
  expect(waiting).toMatchObject([{ residence: 'Les Jardins de Genève' }]);
  expect((await get('referent-1', '/watch/rounds')).waiting).toEqual(waiting);
  const territory = rounds[0].territoryId;
  const desk = await get('coordinator-1', `/territories/${territory}/watch`);
  expect(desk.volunteers.filter(({ acceptedAt }: { acceptedAt: string | null }) => !acceptedAt)).toHaveLength(1);
  expect(desk.seats.filter(({ missing }: { missing: number }) => missing > 0)).toHaveLength(1);
  const person = await get('resident-029', '/watch/me');
  expect([person.entry.consent, person.readers.length]).toEqual(['slip', 2]);
  expect((await get('resident-029', '/watch/me/readings')).items.length).toBeGreaterThan(2);
  expect(await communeCoverage(ctx(), '01173')).toBe(85);
});

/** Half past these hours of Gex's clocks: within each hour in which a visit falls due, is made by the demo's people, or would ring. */
const hoursOfADay = [8, 9, 11, 12, 14, 15, 17, 18, 20];

test('left to itself for four days it goes on, without an alarm, and calls nobody much', {
  timeout: 60_000,
}, async () => {
  const waits: number[] = [];
  for (let n = 2; n < 4 * hoursOfADay.length; n++) {
    const [day, hour] = [22 + Math.floor(n / hoursOfADay.length), hoursOfADay[n % hoursOfADay.length] ?? 0];
    now = new Date(Date.UTC(2026, 10, day, hour - 1, 30));
    await minute();
    const { due = 0, 'no-answer': missed = 0 } = await states();
    waits.push(due + missed);
  }
  const { escalated = 0, closed, reached = 0 } = await states();
  expect([escalated, closed]).toEqual([0, 1]); // the one that is told of from before the first start
  expect(reached).toBeGreaterThan(30);
  expect(Math.max(...waits)).toBeLessThanOrEqual(14);
  expect(waits.filter((n) => n > 0).length).toBeGreaterThan(waits.length / 2);
  expect(Math.max(...(await toldSince(startAt)))).toBeLessThan(4 * 12);
});

test('after it stood still for five days what was missed rings once and ends, and a door that a visitor found shut four times ends two hours later', {
  timeout: 60_000,
}, async () => {
  now = new Date(now.getTime() + 5 * 24 * hourMs);
  const since = new Date(now.getTime() - 1);
  for (let minutes = 0; minutes < 5; minutes++) {
    now = new Date(now.getTime() + 60_000);
    await minute();
  }
  expect((await states())['escalated'] ?? 0).toBe(0);
  expect(Math.max(0, ...(await toldSince(since)))).toBeLessThan(4);
  const [check] = await pastWall(
    sql`update watch_checks set state = 'escalated', attempts = 4 where id = (select id from watch_checks where state = 'reached' limit 1) returning id`,
  );
  await pastWall(
    sql`insert into watch_escalations (check_id, raised_at, tell_at) values (${check?.id}, ${now.toISOString()}, ${now.toISOString()})`,
  );
  await minute();
  expect((await states())['escalated']).toBe(1);
  now = new Date(now.getTime() + 2 * hourMs + 60_000);
  await minute();
  expect((await states())['escalated'] ?? 0).toBe(0);
});
