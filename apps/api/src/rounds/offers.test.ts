import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { checksOf, mintWatch, nth, setWeather, tick, toldTo } from '../../test/watch.ts';

let now = new Date('2026-07-06T05:00:00Z');
const h = await openHarness({}, { clock: () => now }, undefined, true);

const go = async (clock: string) => {
  now = new Date(`2026-07-06T${clock}:00Z`);
  await tick(h);
};
/** A watch in orange whose check is due at 9:00 in Gex: its turns begin at 9:00, 10:30, 12:00 and 13:30, its alarm is at 15:00. */
const due = async (of: Parameters<typeof mintWatch>[1]) => {
  now = new Date('2026-07-06T05:00:00Z');
  const watch = await mintWatch(h, of);
  await setWeather(h, watch.residence.territoryId, '01', 'orange');
  await go('07:00');
  return watch;
};
const countOf = async (accountId: string) => (await toldTo(h, accountId)).filter((turn) => turn === 'visit').length;

test('volunteers who ignore everything: at each turn they are told again, and from the second one the readers too; the alarm keeps its time', async () => {
  const watch = await due({ people: 2, volunteers: 2 });
  const counts = async () => [
    await countOf(nth(watch.volunteers, 0).accountId),
    await countOf(nth(watch.volunteers, 1).accountId),
    await countOf(watch.readers[0].id),
  ];
  const seen = [await counts()];
  for (const clock of ['07:20', '08:29', '08:30', '08:45', '09:59', '10:00', '10:01', '11:30', '12:59']) {
    await go(clock);
    seen.push(await counts());
  }
  expect(seen).toEqual([
    ...[
      [1, 1, 0],
      [1, 1, 0],
      [1, 1, 0],
    ], // the bell
    ...[
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 1],
    ], // the telephone, which readers take up
    ...[
      [2, 2, 2],
      [2, 2, 2],
    ], // another neighbour, and the readers
    ...[
      [3, 3, 3],
      [3, 3, 3],
    ], // the bell
  ]);
  expect((await checksOf(h, watch.people)).map(({ state }) => state)).toEqual(['due', 'due']);
  await go('13:00');
  expect((await checksOf(h, watch.people)).map(({ state }) => state)).toEqual(['escalated', 'escalated']);
  expect(await toldTo(h, watch.readers[0].id)).toEqual(['visit', 'visit', 'visit', 'alarm']);
});

test('no volunteer at all: the readers are told at each of the four turns', async () => {
  const watch = await due({ people: 1, volunteers: 0 });
  for (const clock of ['07:01', '08:30', '08:31', '10:00', '11:30', '11:31']) await go(clock);
  for (const { id } of watch.readers) expect(await countOf(id)).toBe(4);
});

test('a reader hears of the telephone’s turn, and takes it; whoever was missed in yellow is offered again within a quarter of an hour of red', async () => {
  now = new Date('2026-07-06T05:00:00Z');
  const watch = await mintWatch(h, { people: 1, volunteers: 1 });
  await setWeather(h, watch.residence.territoryId, '01', 'yellow');
  await go('07:00');
  const [check] = await checksOf(h, watch.people);
  const taken = await h.call('POST', `/watch/checks/${check?.id}/claim`, { as: nth(watch.volunteers, 0) });
  const path = `/watch/attempts/${taken.body.check.attemptId}/outcome`;
  await h.call('POST', path, { as: nth(watch.volunteers, 0), body: { outcome: 'no-answer' } });
  await go('07:16');
  expect(await countOf(watch.readers[0].id)).toBe(0);
  await setWeather(h, watch.residence.territoryId, '01', 'red');
  await go('07:30');
  await go('07:45');
  expect(await countOf(watch.readers[0].id)).toBe(1);
  expect((await h.call('GET', '/watch/visits', { as: watch.readers[0] })).body.offers).toMatchObject([
    { way: 'phone' },
  ]);
});
