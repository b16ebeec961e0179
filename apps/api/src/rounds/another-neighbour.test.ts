import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { checksOf, mintWatch, nth, setWeather, tick, toldTo } from '../../test/watch.ts';

let now = new Date('2026-07-06T05:00:00Z');
const h = await openHarness({}, { clock: () => now }, undefined, true);
type Someone = { cookie: string };

/** One person on the watch whose check is due at 9:00 on Gex's clocks, in orange: attempts at 9:00, 10:30, 12:00 and 13:30. */
const due = async (volunteers: number) => {
  now = new Date('2026-07-06T05:00:00Z');
  const watch = await mintWatch(h, { people: 1, volunteers });
  await setWeather(h, watch.residence.territoryId, '01', 'orange');
  now = new Date('2026-07-06T07:00:00Z');
  await tick(h);
  const checkId = String((await checksOf(h, watch.people))[0]?.id);
  const claim = (as: Someone) => h.call('POST', `/watch/checks/${checkId}/claim`, { as });
  return {
    ...watch,
    isOffered: async (as: Someone) => (await h.call('GET', '/watch/visits', { as })).body.offers.length === 1,
    refusal: async (as: Someone) => (await claim(as)).body.code,
    /** At this time the check is offered again, and this one goes: which way, and nobody opens. */
    goes: async (clock: string, as: Someone) => {
      now = new Date(`2026-07-06T${clock}:00Z`);
      await tick(h);
      const { body } = await claim(as);
      await h.call('POST', `/watch/attempts/${body.check.attemptId}/outcome`, { as, body: { outcome: 'no-answer' } });
      return body.check.way;
    },
    waitsAt: async (clock: string) => {
      now = new Date(`2026-07-06T${clock}:00Z`);
      await tick(h);
    },
  };
};

test('another neighbour is not whoever rang first, nor the reader who telephoned, while somebody else could go', async () => {
  const { volunteers, readers, goes, waitsAt, isOffered, refusal } = await due(2);
  const [first, other] = [nth(volunteers, 0), nth(volunteers, 1)];
  expect(await goes('07:05', first)).toBe('bell');
  expect(await goes('08:31', readers[0])).toBe('phone');
  await waitsAt('10:01');
  for (const one of [first, readers[0]])
    expect([await isOffered(one), await refusal(one)]).toEqual([false, 'check.taken']);
  expect([await isOffered(other), await isOffered(readers[1])]).toEqual([true, true]);
  expect(await goes('10:01', other)).toBe('neighbour');
  expect(await goes('11:31', first)).toBe('bell');
});

test('without volunteers the other reader is another neighbour, and is the one who is called', async () => {
  const { readers, goes, waitsAt, isOffered } = await due(0);
  const [one, other] = readers;
  expect([await goes('07:05', one), await goes('08:31', one)]).toEqual(['bell', 'phone']);
  const [before, others] = [await toldTo(h, one.id), await toldTo(h, other.id)];
  await waitsAt('10:01');
  expect([await isOffered(one), await isOffered(other)]).toEqual([false, true]);
  expect([await toldTo(h, one.id), (await toldTo(h, other.id)).length]).toEqual([before, others.length + 1]);
  expect(await goes('10:02', other)).toBe('neighbour');
});

test('when everybody who could go has tried, a reader goes again rather than nobody', async () => {
  const { readers, goes, waitsAt, isOffered } = await due(0);
  const [one, other] = readers;
  expect([await goes('07:05', one), await goes('08:31', other)]).toEqual(['bell', 'phone']);
  await waitsAt('10:01');
  expect([await isOffered(one), await isOffered(other)]).toEqual([true, true]);
  expect(await goes('10:02', one)).toBe('neighbour');
});
