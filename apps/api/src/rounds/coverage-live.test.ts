import { expect, test } from 'vitest';
import { openLiveHarness, until } from '../../test/live-harness.ts';
import { mintWatch, nth, setWeather, tick } from '../../test/watch.ts';

// Today, after nine on Gex’s clocks, whatever the hour is: only the doors of these 24 hours count.
const now = new Date(`${new Date().toISOString().slice(0, 10)}T08:00:00Z`);
const h = await openLiveHarness();

test('a reader is told of each answer, live and after a cut: how many of their own doors are due and covered; a volunteer is told nothing', async () => {
  const watch = await mintWatch({ ...h, deps: { ...h.deps, clock: () => now } }, { people: 2, volunteers: 1 });
  await mintWatch(
    { ...h, deps: { ...h.deps, clock: () => now } },
    { people: 3, volunteers: 0, residence: watch.residence },
  );
  await setWeather(h, watch.residence.territoryId, '01', 'orange');
  const [mine, theirs] = [await h.read(watch.readers[0]), await h.read(nth(watch.volunteers, 0))];
  await tick(h, now);
  h.doorbell.ring();
  await until(() => mine.events.some(({ type }) => type === 'watch.changed'), 'the coverage');
  const told = mine.events.filter(({ type }) => type === 'watch.changed');
  const { roundId, seq } = nth(told, 0) as { roundId: string; seq: number };
  const again = await h.read(watch.readers[0], `?after=${seq - 1}`);
  await until(() => again.events.some(({ type }) => type === 'watch.changed'), 'the coverage again');
  expect(again.events.find(({ type }) => type === 'watch.changed')).toMatchObject({ roundId });
  expect(theirs.events.filter(({ type }) => type === 'watch.changed')).toEqual([]);
});

test('what live keeps true says from where to follow it: the rounds, the board, its sheet, the people one reads', async () => {
  const watch = await mintWatch(h, { people: 1, volunteers: 0 });
  for (const [as, path] of [
    [watch.coordinator, '/watch/rounds'],
    [watch.readers[0], '/watch/board'],
    [watch.readers[0], '/watch/sheet'],
    [watch.readers[0], '/watch/people'],
  ] as const) {
    const { status, headers } = await h.call('GET', path, { as });
    expect([path, status, headers['palier-seq']]).toEqual([path, 200, expect.stringMatching(/^\d+$/)]);
  }
});
