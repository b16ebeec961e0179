import { inTransaction, schema, watchAs } from '@palier/db';
import { forgetPerson } from '@palier/db/data-map';
import { and, desc, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { checksOf, mintWatch, setWeather, tick, toldTo } from '../../test/watch.ts';
import { jobsOfEvent } from '../jobs/of-event.ts';
import { communeCoverage } from './index.ts';

let now = new Date('2026-07-06T05:30:00Z'); // 7:30 in Gex
const h = await openHarness({}, { clock: () => now }, undefined, true);
const { watchRounds, watchPeople } = schema;

const go = (clock: string) => {
  now = new Date(`2026-07-${clock}:00Z`);
  return tick(h);
};
const roundsOf = (territoryId: string) =>
  h.db
    .select({ colour: watchRounds.colour, closedAt: watchRounds.closedAt, openedBy: watchRounds.openedBy })
    .from(watchRounds)
    .where(eq(watchRounds.territoryId, territoryId))
    .orderBy(desc(watchRounds.openedAt));
const daysOf = async (people: { id: string }[]) =>
  (await checksOf(h, people)).map(({ day, hour, state }) => `${day.slice(8)} ${hour} ${state}`);

test('yellow opens a round every two days, orange makes it daily, red twice a day, a fresh green closes it', async () => {
  const { residence, people } = await mintWatch(h, { volunteers: 0 });
  const weather = (colour: 'green' | 'yellow' | 'orange' | 'red') => setWeather(h, residence.territoryId, '01', colour);
  await weather('yellow');
  for (const clock of ['06T05:30', '06T06:59']) await go(clock);
  expect([await roundsOf(residence.territoryId), await daysOf(people)]).toMatchObject([[{ colour: 'yellow' }], []]);
  for (const clock of ['06T07:00', '06T07:01', '06T12:00', '07T07:00', '08T07:00']) await go(clock);
  expect((await daysOf(people)).map((each) => each.slice(0, 4))).toEqual(['06 9', '08 9']);
  await weather('orange');
  for (const clock of ['08T08:00', '09T07:00']) await go(clock);
  await weather('red');
  for (const clock of ['09T09:00', '09T13:00', '10T07:00', '10T13:00']) await go(clock);
  expect((await daysOf(people)).map((each) => each.slice(0, 5).trim())).toEqual([
    ...['06 9', '08 9', '09 9', '09 15', '10 9', '10 15'],
  ]);
  await weather('green');
  await go('10T13:05');
  expect((await roundsOf(residence.territoryId))[0]?.closedAt).toEqual(now);
  await go('11T07:00');
  expect(await daysOf(people)).toHaveLength(6);
});

test('a round that a coordinator opens goes on under a green sky, and closes when they say so', async () => {
  const { residence, people, coordinator } = await mintWatch(h, { volunteers: 0 });
  now = new Date('2026-07-20T05:00:00Z');
  await setWeather(h, residence.territoryId, '01', 'green');
  const body = { territoryId: residence.territoryId, department: '01', hazard: 'heat', colour: 'orange' };
  const opened = await h.call('POST', '/watch/rounds', { as: coordinator, body });
  expect([opened.status, opened.body.round]).toMatchObject([201, { colour: 'orange', byWeather: false }]);
  for (const clock of ['20T07:00', '21T07:00']) await go(clock);
  expect(await daysOf(people)).toHaveLength(2);
  expect((await h.call('POST', `/watch/rounds/${opened.body.round.id}/close`, { as: coordinator })).status).toBe(204);
  await go('22T07:00');
  expect(await daysOf(people)).toHaveLength(2);
});

test('red by hand at midday: an alarm whose time is up rings at once, also for a check that somebody holds', async () => {
  now = new Date('2026-07-13T05:00:00Z');
  const { residence, people, coordinator, readers } = await mintWatch(h, { people: 2, volunteers: 0 });
  await setWeather(h, residence.territoryId, '01', 'yellow');
  for (const clock of ['13T06:00', '13T07:00']) await go(clock);
  now = new Date('2026-07-13T10:30:20Z');
  const [held] = await checksOf(h, people);
  expect((await h.call('POST', `/watch/checks/${held?.id}/claim`, { as: readers[0] })).status).toBe(200);
  const body = { territoryId: residence.territoryId, department: '01', hazard: 'heat', colour: 'red' };
  expect((await h.call('POST', '/watch/rounds', { as: coordinator, body })).status).toBe(201);
  const events = await h.db
    .select()
    .from(schema.outbox)
    .where(eq(schema.outbox.sideB, String(held?.roundId)));
  expect(events.flatMap((event) => jobsOfEvent(event))).toEqual([{ queue: 'rounds.tick', data: {} }]);
  await tick(h);
  const after = await checksOf(h, people);
  expect(after.map(({ state, escalatesAt }) => [state, escalatesAt])).toEqual([
    ['escalated', now],
    ['escalated', now],
  ]);
  expect(await toldTo(h, readers[1].id)).toContain('alarm');
});

test('a volunteer and the readers forgotten: what was held is offered again, the person is looked in on, the keepers hear of the alarm', async () => {
  now = new Date('2026-07-14T05:00:00Z');
  const { residence, people, volunteers, readers, coordinator } = await mintWatch(h, { volunteers: 1 });
  await setWeather(h, residence.territoryId, '01', 'orange');
  for (const clock of ['14T06:00', '14T07:00']) await go(clock);
  const [check] = await checksOf(h, people);
  const [volunteer] = volunteers;
  expect((await h.call('POST', `/watch/checks/${check?.id}/claim`, { as: volunteer })).status).toBe(200);
  const forget = (accountId: string, residentId: string | null) =>
    inTransaction(h.db, (tx) => forgetPerson(tx, { accountId, residentId }));
  await forget(String(volunteer?.accountId), String(volunteer?.id));
  for (const { id } of readers) await forget(id, null);
  await go('14T08:00');
  expect((await checksOf(h, people)).map(({ state, heldBy }) => [state, heldBy])).toEqual([['due', null]]);
  await go('14T13:00');
  expect(await toldTo(h, coordinator.id)).toEqual(['alarm-near']);
  await go('15T07:00');
  expect((await daysOf(people)).map((each) => each.slice(0, 4))).toEqual(['14 9', '15 9']);
});

test('what a coordinator closed opens again only when the colour rises or was calm', async () => {
  const { residence, coordinator } = await mintWatch(h, { volunteers: 0 });
  const { territoryId } = residence;
  await setWeather(h, territoryId, '01', 'orange');
  await go('23T05:00');
  const [mine] = (await h.call('GET', '/watch/rounds', { as: coordinator })).body.items;
  await h.call('POST', `/watch/rounds/${mine.id}/close`, { as: coordinator });
  await go('23T05:10');
  await setWeather(h, territoryId, '01', 'yellow');
  await go('23T05:20');
  expect(await roundsOf(territoryId)).toHaveLength(1);
  await setWeather(h, territoryId, '01', 'red');
  await go('23T05:30');
  expect((await roundsOf(territoryId)).map(({ colour }) => colour)).toEqual(['red', 'orange']);
});

test('ten ticks at once make each check once, and a round once', async () => {
  now = new Date('2026-07-06T05:00:00Z');
  const { residence, people, readers } = await mintWatch(h, { people: 30, volunteers: 0 });
  await setWeather(h, residence.territoryId, '01', 'orange');
  now = new Date('2026-07-06T07:00:30Z');
  await Promise.all(Array.from({ length: 10 }, () => tick(h)));
  for (const { id } of readers) expect(await toldTo(h, id)).toEqual(['visit']); // once, whichever came first
  const made = await checksOf(h, people);
  expect([made.length, new Set(made.map(({ personId }) => personId)).size]).toEqual([30, 30]);
  expect(await roundsOf(residence.territoryId)).toHaveLength(1);
});

test('whoever withdrew or lapsed is no longer waited for, and no new check is made of them', async () => {
  const { residence, people, readers } = await mintWatch(h, { people: 2, volunteers: 0 });
  await setWeather(h, residence.territoryId, '01', 'orange');
  await go('06T07:00');
  const [first, second] = people;
  await inTransaction(h.db, async (tx) => {
    await watchAs(tx, 'house', now);
    await tx
      .update(watchPeople)
      .set({ withdrawnAt: now })
      .where(eq(watchPeople.id, first?.id ?? ''));
    await tx
      .update(watchPeople)
      .set({ lapsesAt: now })
      .where(and(eq(watchPeople.id, second?.id ?? '')));
  });
  expect((await h.call('GET', '/watch/board', { as: readers[0] })).body.checks).toEqual([]);
  for (const clock of ['06T07:01', '07T07:00']) await go(clock);
  expect(await daysOf(people)).toEqual(['06 9 cancelled', '06 9 cancelled']);
});

test('volunteers nearby are told that a visit waits, else the readers; once until they look', async () => {
  const near = await mintWatch(h, { people: 3, volunteers: 2 });
  const alone = await mintWatch(h, { people: 1, volunteers: 0 });
  for (const { residence } of [near, alone]) await setWeather(h, residence.territoryId, '01', 'orange');
  for (const clock of ['06T07:00', '06T07:01']) await go(clock);
  for (const { accountId } of near.volunteers) expect(await toldTo(h, accountId)).toEqual(['visit']);
  expect([await toldTo(h, near.readers[0].id), await toldTo(h, alone.readers[0].id)]).toEqual([[], ['visit']]);
});

test('referent and coordinator read that a check waits in the residence, and nothing else', async () => {
  const { residence, coordinator, referent } = await mintWatch(h, { people: 3, volunteers: 0 });
  await setWeather(h, residence.territoryId, '01', 'orange');
  await go('06T07:00');
  for (const as of [coordinator, referent]) {
    const { body, text } = await h.call('GET', '/watch/rounds', { as });
    expect(body.waiting).toEqual([{ residenceId: residence.id, residence: 'Les Tilleuls' }]);
    expect(text).not.toMatch(/Jeanne|gauche|0450/);
    expect((await h.call('GET', '/watch/board', { as })).status).toBe(403);
  }
});

test('a town hall hears what share of the doors is covered, in fives, and nothing below eleven people with a door due', async () => {
  const eleven = await mintWatch(h, { people: 11, volunteers: 0, commune: '88413' });
  const ten = await mintWatch(h, { people: 10, volunteers: 0, commune: '88160' });
  const fewer = await mintWatch(h, { people: 10, volunteers: 0, commune: '88321' });
  await mintWatch(h, { people: 1, volunteers: 0, part: 'evening', residence: fewer.residence });
  for (const { residence } of [eleven, ten, fewer]) await setWeather(h, residence.territoryId, '88', 'orange');
  await go('06T07:00');
  const checks = (await checksOf(h, eleven.people)).slice(0, 4);
  const entries = checks.map(({ id: checkId }) => ({ checkId, outcome: 'reached', at: now.toISOString() }));
  await h.call('POST', '/watch/entries', { as: eleven.readers[0], body: { entries } });
  const ctx = { ...h.deps, actor: null, now, ip: '', locale: 'fr', tx: null } as const;
  const shares = ['88413', '88160', '88321'].map((insee) => communeCoverage(ctx, insee));
  expect(await Promise.all(shares)).toEqual([35, null, null]);
  await go('06T16:30');
  expect(await communeCoverage(ctx, '88321')).toBe(0);
});
