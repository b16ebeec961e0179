import { schema } from '@palier/db';
import { pollAgainMs, pollEveryMs, type WeatherView } from '@palier/domain/weather';
import { and, eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { mintStaff } from '../../test/desk.ts';
import { openHarness } from '../../test/harness.ts';
import { openVigilance, vigilanceBody } from '../../test/vigilance-server.ts';
import { pollWeather } from './poll-weather.ts';

const [rising, falling, cold] = [
  'scenario-1-canicule-montee.json',
  'scenario-2-canicule-decrue.json',
  'scenario-3-grand-froid.json',
].map(vigilanceBody) as [string, string, string];

let now = new Date('2026-07-08T10:30:00Z');
const map = await openVigilance();
const settings = { VIGILANCE_URL: map.url, VIGILANCE_TOKEN: 'clef-de-la-carte' };
const h = await openHarness(settings, { clock: () => now }, undefined, true);
const { weatherSource, weatherColours, notifications } = schema;

const poll = async (timeoutMs?: number) => {
  await pollWeather({ ...h.deps, actor: null, now, ip: '', locale: 'fr', tx: null }, timeoutMs);
};
const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
};
const source = async () => (await h.db.select().from(weatherSource))[0];
const waitMs = async () => ((await source())?.nextAt.getTime() ?? 0) - now.getTime();

const resident = await h.mintResident();
const read = async (): Promise<WeatherView> => (await h.call('GET', '/weather', { as: resident })).body;
const of = async (code: string, hazard: 'heat' | 'cold' = 'heat') =>
  (await read()).departments.find((each) => each.code === code)?.[hazard];

beforeEach(async () => {
  now = new Date('2026-07-08T10:30:00Z');
  await h.db.delete(weatherColours).where(eq(weatherColours.hazard, weatherColours.hazard));
  await h.db.delete(weatherSource).where(eq(weatherSource.id, 1));
  map.serves(rising);
  map.asked.length = 0;
});

test('a bulletin is read with the key, and each department has its colour today and tomorrow', async () => {
  await poll();
  expect(map.asked.map(({ apikey }) => apikey)).toEqual(['clef-de-la-carte']);
  const view = await read();
  expect(view.source).toEqual({
    isSet: true,
    issuedAt: '2026-07-08T10:00:10.000Z',
    readAt: now.toISOString(),
    isStale: false,
    problem: null,
  });
  expect(view.departments).toHaveLength(109);
  const stated = { state: 'stated', statedAt: '2026-07-08T10:00:10.000Z' };
  expect(await of('75')).toEqual({ ...stated, colour: 'orange', tomorrow: 'red' });
  expect(await of('01')).toEqual({ ...stated, colour: 'yellow', tomorrow: 'orange' });
  expect(await of('2A')).toEqual({ ...stated, colour: 'yellow', tomorrow: 'yellow' });
  expect(await of('59')).toEqual({ ...stated, colour: 'green', tomorrow: 'green' });
});

test('cold is not spoken of in summer and overseas are not on the map: neither is green', async () => {
  await poll();
  const unwatched = { state: 'unwatched', colour: null, tomorrow: null, statedAt: null };
  expect([await of('75', 'cold'), await of('974'), await of('971', 'cold')]).toEqual([unwatched, unwatched, unwatched]);
});

test('it is read again after half an hour, not before, and by one process only', async () => {
  await Promise.all([poll(), poll(), poll()]);
  expect([map.asked.length, await waitMs()]).toEqual([1, pollEveryMs]);
  later(pollEveryMs - 1);
  await poll();
  expect(map.asked).toHaveLength(1);
  later(1);
  await poll();
  expect(map.asked).toHaveLength(2);
});

test('the day turns without a reading', async () => {
  await poll();
  now = new Date('2026-07-08T22:00:00Z');
  expect(await of('75')).toMatchObject({ colour: 'red', tomorrow: null });
});

const failures: [string, string, number, Parameters<typeof map.says>[0]][] = [
  ['refuses with 429', 'busy', 600_000, (r) => r.writeHead(429, { 'retry-after': '600' }).end()],
  ['refuses with 500', 'away', pollAgainMs(1), (r) => r.writeHead(500).end('<html>')],
  ['answers garbage', 'unreadable', pollAgainMs(1), (r) => r.end('{"product":')],
  ['answers another form', 'unreadable', pollAgainMs(1), (r) => r.end('{"product":{"periods":[]}}')],
  ['answers too much', 'unreadable', pollAgainMs(1), (r) => r.end(' '.repeat(5_000_000))],
  ['hangs', 'away', pollAgainMs(1), (r) => r.writeHead(200).write('{')],
  ['cuts', 'away', pollAgainMs(1), (r) => r.socket?.destroy()],
  ['sends elsewhere', 'away', pollAgainMs(1), (r) => r.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()],
];

for (const [what, problem, waited, answer] of failures)
  test(`when the source ${what}, the last colours stay, and it is asked again later each time`, async () => {
    await poll();
    later(pollEveryMs);
    map.says(answer);
    await poll(300);
    expect([(await source())?.problem, await waitMs()]).toEqual([problem, waited]);
    expect(await of('75')).toMatchObject({ state: 'stated', colour: 'orange' });
    later(waited);
    await poll(300);
    expect([(await source())?.failures, await waitMs()]).toEqual([
      2,
      Math.max(pollAgainMs(2), problem === 'busy' ? waited : 0),
    ]);
    later(await waitMs());
    map.serves(rising);
    await poll();
    expect([await source(), await waitMs()]).toMatchObject([{ failures: 0, problem: null }, pollEveryMs]);
  });

test('a source that is gone for hours leaves its colours, said to be old', async () => {
  await poll();
  map.says((r) => r.writeHead(500).end());
  later(4 * 3_600_000);
  await poll();
  expect((await read()).source).toMatchObject({ isStale: true, problem: 'away', issuedAt: '2026-07-08T10:00:10.000Z' });
  expect(await of('75')).toMatchObject({ state: 'stated', colour: 'orange' });
});

test('heat falls, then the season ends: what is no longer spoken of is kept with its age, and green is out of season', async () => {
  await poll();
  now = new Date('2026-07-10T14:30:00Z');
  map.serves(falling);
  await poll();
  expect([await of('75'), await of('69')]).toMatchObject([
    { colour: 'red', tomorrow: 'orange' },
    { colour: 'orange', tomorrow: 'green' },
  ]);
  now = new Date('2026-07-11T06:00:00Z');
  map.serves(
    cold
      .replaceAll('2027-01-1', '2026-07-1')
      .replaceAll('2026-07-15', '2026-07-11')
      .replaceAll('2026-07-16', '2026-07-12'),
  );
  await poll();
  expect(await of('75')).toEqual({
    state: 'kept',
    colour: 'orange',
    tomorrow: null,
    statedAt: '2026-07-10T14:00:10.000Z',
  });
  expect(await of('69')).toMatchObject({ state: 'unwatched', colour: 'green' });
  expect(await of('88', 'cold')).toMatchObject({ state: 'stated', colour: 'orange' });
});

test('another address is read at once', async () => {
  await poll();
  const other = await openVigilance();
  other.serves(cold);
  const env = { ...h.env, vigilanceUrl: other.url };
  const ctx = { ...h.deps, actor: null, ip: '', locale: 'fr', tx: null } as const;
  await pollWeather({ ...ctx, env, now });
  expect(other.asked).toHaveLength(1);
  expect((await source())?.issuedAt?.toISOString()).toBe('2027-01-15T06:00:10.000Z');
});

test('coordinators and referents of a department are told once of each change, nobody else', async () => {
  const home = await h.mintResidence({ commune: '75056' });
  const neighbour = await h.mintResident({ residenceId: home.id });
  const referent = await mintStaff(h, 'referent', home.id);
  const coordinator = await mintStaff(h, 'coordinator', home.territoryId);
  const calm = await mintStaff(h, 'referent', (await h.mintResidence({ commune: '59350' })).id);
  const told = async (accountId: string) =>
    (
      await h.db
        .select({ turn: notifications.turn })
        .from(notifications)
        .where(and(eq(notifications.accountId, accountId), eq(notifications.kind, 'watch')))
    ).map(({ turn }) => turn);
  await Promise.all([poll(), poll()]);
  await poll();
  for (const { id } of [referent, coordinator]) expect(await told(id)).toEqual(['weather']);
  now = new Date('2026-07-08T22:00:00Z');
  await Promise.all([poll(), poll()]);
  for (const { id } of [referent, coordinator]) expect(await told(id)).toEqual(['weather', 'weather']);
  expect([await told(calm.id), await told(neighbour.accountId)]).toEqual([[], []]);
  const [notice] = (await h.call('GET', '/notifications', { as: referent })).body.items;
  expect(notice).toMatchObject({ kind: 'watch', href: '/meteo' });
});
