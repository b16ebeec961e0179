import { openDatabase, openPool } from '@palier/db';
import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { newId } from '../ids.ts';
import { openKitCounter, type Taken } from './counter.ts';
import { addCounts } from './counts.queries.ts';

const h = await openHarness({}, {}, undefined, true);
const taken: Taken = { slug: 'flood', paper: 'poster', locale: 'fr', commune: '' };
const total = async (): Promise<number> => {
  const { rows } = await h.pool.query<{ sum: string | null }>('select sum(count) from kit_downloads');
  return Number(rows[0]?.sum ?? 0);
};
const wait = { timeout: 10_000, interval: 20 };

test('what was taken is written by itself, and the rest at the stop, to the unit', async () => {
  const counter = openKitCounter(h.deps);
  const before = await total();
  for (let n = 0; n < 1_234; n++) counter.take(taken);
  await vi.waitFor(async () => expect(await total()).toBe(before + 1_234), wait);
  for (let n = 0; n < 77; n++) counter.take({ ...taken, paper: n % 2 ? 'kit' : 'slips' });
  await counter.stop();
  expect(await total()).toBe(before + 1_311);
  await vi.waitFor(async () => expect((await counter.totals()).get('flood')).toBe(before + 1_311), wait);
});

test('many processes add up', async () => {
  const before = await total();
  const counters = Array.from({ length: 6 }, () => openKitCounter(h.deps));
  for (let n = 0; n < 600; n++) counters[n % 6]?.take(taken);
  await Promise.all(counters.map((counter) => counter.stop()));
  expect(await total()).toBe(before + 600);
});

test('a batch sent again after its answer was lost counts once, and an older one nothing', async () => {
  const before = await total();
  const [id, batch] = [newId(), [{ ...taken, day: '2026-11-22', count: 9 }]];
  await addCounts(h.db, id, 1, batch);
  await addCounts(h.db, id, 1, batch);
  await addCounts(h.db, id, 2, batch);
  await addCounts(h.db, id, 1, batch);
  expect(await total()).toBe(before + 18);
});

test('a database that is away for a while loses nothing and doubles nothing', async () => {
  const before = await total();
  const away = openPool({ url: 'postgres://127.0.0.1:9/nowhere', max: 1, applicationName: 'test' });
  let isAway = true;
  const there = h.db;
  const nowhere = openDatabase(away);
  const db = new Proxy(there, { get: (target, key) => Reflect.get(isAway ? nowhere : target, key) });
  let failures = 0;
  const write = (): void => {
    failures += 1;
  };
  const log = pino({ level: 'error' }, { write });
  const counter = openKitCounter({ ...h.deps, db, log });
  for (let n = 0; n < 10; n++) counter.take(taken);
  await vi.waitFor(() => expect(failures).toBeGreaterThan(0), wait);
  counter.take(taken);
  isAway = false;
  await counter.stop();
  await away.end();
  expect(await total()).toBe(before + 11);
});
