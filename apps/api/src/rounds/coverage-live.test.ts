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
