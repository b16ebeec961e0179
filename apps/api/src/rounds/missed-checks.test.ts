import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { checksOf, mintWatch, setWeather, tick, toldTo } from '../../test/watch.ts';

let now = new Date('2026-10-23T10:00:00Z');
const h = await openHarness({}, { clock: () => now }, undefined, true);

const go = (instant: string) => {
  now = new Date(`2026-10-${instant}:00Z`);
  return tick(h);
};
const seen = async (people: readonly { id: string }[]) =>
  (await checksOf(h, people)).map(({ dueAt, state }) => `${dueAt.toISOString().slice(8, 16)} ${state}`);

test('nothing runs from 17:59 to after midnight: the evening’s check exists with its own time, and is an alarm at once', async () => {
  const { residence, people, readers } = await mintWatch(h, { people: 2, volunteers: 0, part: 'evening' });
  await setWeather(h, residence.territoryId, '01', 'orange');
  await go('23T15:59');
  expect(await seen(people)).toEqual([]);
  await setWeather(h, residence.territoryId, '01', 'green');
  await go('23T22:30');
  expect(await seen(people)).toEqual(['23T16:00 escalated', '23T16:00 escalated']);
  expect((await checksOf(h, people)).map(({ escalatesAt }) => escalatesAt.toISOString())).toEqual([
    ...['2026-10-23T22:00:00.000Z', '2026-10-23T22:00:00.000Z'],
  ]);
  for (const { id } of readers) expect(await toldTo(h, id)).toEqual(['alarm']);
  await go('23T22:31');
  await go('24T16:00');
  expect(await seen(people)).toHaveLength(2);
});

test('a day and a night in which the clocks go back are made up for, once each; whoever had no reader yet owes nothing of before', async () => {
  now = new Date('2026-10-24T06:00:00Z');
  const { residence, people } = await mintWatch(h, { people: 1, volunteers: 0, part: 'morning' });
  await setWeather(h, residence.territoryId, '01', 'red');
  await go('24T06:30');
  await go('24T07:00');
  now = new Date('2026-11-01T12:00:00Z'); // their readers are there since the 25th at noon
  const later = await mintWatch(h, { people: 1, volunteers: 0, part: 'morning', residence });
  await go('25T14:30');
  await go('25T14:31');
  expect(await seen(people)).toEqual([
    ...['24T07:00 escalated', '24T13:00 escalated', '25T08:00 escalated', '25T14:00 due'],
  ]);
  expect(await seen(later.people)).toEqual(['25T12:00 due', '25T14:00 due']);
});

test('an hour late, the ways that are left share the time that is left, and the alarm keeps its own', async () => {
  now = new Date('2026-10-27T06:00:00Z');
  const { residence, people, readers } = await mintWatch(h, { people: 1, volunteers: 0, part: 'midday' });
  await setWeather(h, residence.territoryId, '01', 'orange');
  await go('27T10:59');
  await go('27T13:00');
  expect(await seen(people)).toEqual(['27T11:00 due']);
  expect((await h.call('GET', '/watch/visits', { as: readers[0] })).body.offers).toMatchObject([{ way: 'bell' }]);
  await go('27T14:00');
  expect((await h.call('GET', '/watch/visits', { as: readers[0] })).body.offers).toMatchObject([{ way: 'phone' }]);
  await go('27T17:00');
  expect(await seen(people)).toEqual(['27T11:00 escalated']);
});
