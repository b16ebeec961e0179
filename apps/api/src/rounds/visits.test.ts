import { inTransaction, schema, watchAs } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { checksOf, mintWatch, nth, setWeather, tick, toldTo } from '../../test/watch.ts';
import { newId } from '../ids.ts';

let now = new Date('2026-07-06T05:00:00Z');
const h = await openHarness({}, { clock: () => now }, undefined, true);
const { watchPeople, watchReadings, watchAttempts, watchEscalations } = schema;

type Someone = { cookie: string };
const at = (clock: string, day = '06') => {
  now = new Date(`2026-07-${day}T${clock}:00Z`);
};
/** A watch whose first checks are due, at 9:00 on Gex's clocks. */
const due = async (of: Parameters<typeof mintWatch>[1] = {}, colour: 'yellow' | 'orange' | 'red' = 'orange') => {
  at('05:00');
  const watch = await mintWatch(h, of);
  await setWeather(h, watch.residence.territoryId, '01', colour);
  at('07:00');
  await tick(h);
  return watch;
};
const visits = async (as: Someone) => (await h.call('GET', '/watch/visits', { as })).body;
const claim = (as: Someone, checkId: string) => h.call('POST', `/watch/checks/${checkId}/claim`, { as });
const answer = (as: Someone, attemptId: string, outcome: string, more: object = {}) =>
  h.call('POST', `/watch/attempts/${attemptId}/outcome`, { as, body: { outcome, ...more } });
const stateOf = async (watch: Awaited<ReturnType<typeof due>>) => (await checksOf(h, watch.people))[0]?.state;
const pastWall = <T>(work: Parameters<typeof inTransaction<T>>[1]) =>
  inTransaction(h.db, async (tx) => {
    await watchAs(tx, 'house', now);
    return work(tx);
  });

test('a volunteer sees where a check waits, and its door only once they took it; the person reads who saw it', async () => {
  const watch = await due({ people: 1, volunteers: 1 });
  const volunteer = nth(watch.volunteers, 0);
  const before = await h.call('GET', '/watch/visits', { as: volunteer });
  expect(before.body).toMatchObject({ isVolunteer: true, isReader: false, held: [] });
  expect(before.body.offers).toMatchObject([{ residence: 'Les Tilleuls', colour: 'orange', way: 'bell' }]);
  expect(before.text).not.toMatch(/Jeanne|gauche|0450/);
  const taken = await claim(volunteer, before.body.offers[0].checkId);
  expect([taken.status, taken.body.check]).toMatchObject([
    200,
    {
      firstName: 'Jeanne',
      door: 'gauche',
      floor: 0,
      topFloor: false,
      phone: null,
      heldUntil: '2026-07-06T08:00:00.000Z',
    },
  ]);
  expect(taken.text).not.toMatch(/Martin|0450/);
  expect((await claim(volunteer, before.body.offers[0].checkId)).body).toEqual(taken.body);
  const readings = await pastWall((tx) =>
    tx.select().from(watchReadings).where(eq(watchReadings.accountId, volunteer.accountId)),
  );
  expect(readings).toMatchObject([{ personId: watch.people[0]?.id, readAs: 'volunteer', what: 'check' }]);
  expect((await answer(volunteer, taken.body.check.attemptId, 'reached')).body).toEqual({ state: 'reached' });
  expect(await visits(volunteer)).toMatchObject({ offers: [], held: [] });
});

test('twenty claim at once: one goes, the others hear that it is taken', async () => {
  const watch = await due({ people: 1, volunteers: 20 });
  const [check] = await checksOf(h, watch.people);
  const answers = await Promise.all(watch.volunteers.map((one) => claim(one, check?.id ?? '')));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 409)]);
  expect(new Set(answers.filter(({ status }) => status === 409).map(({ body }) => body.code))).toEqual(
    new Set(['check.taken']),
  );
});

test('one volunteer holds three checks at most, also when they ask for six at once', async () => {
  const watch = await due({ people: 6, volunteers: 1 });
  const volunteer = nth(watch.volunteers, 0);
  const checks = await checksOf(h, watch.people);
  const answers = await Promise.all(checks.map(({ id }) => claim(volunteer, id)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 409, 409, 409]);
  expect((await visits(volunteer)).held).toHaveLength(3);
});

test('a check is not there for a stranger, a volunteer or a reader of elsewhere, nor whoever withdrew', async () => {
  const watch = await due({ people: 1, volunteers: 1 });
  const elsewhere = await due({ people: 1, volunteers: 1 });
  const [check] = await checksOf(h, watch.people);
  const stranger = await h.mintResident({ residenceId: watch.residence.id });
  const mine = nth(watch.volunteers, 0);
  for (const as of [stranger, nth(elsewhere.volunteers, 0), elsewhere.readers[0]])
    expect((await claim(as, check?.id ?? '')).body.code).toBe('resource.absent');
  const taken = await claim(mine, check?.id ?? '');
  await pastWall((tx) =>
    tx
      .update(watchPeople)
      .set({ withdrawnAt: now })
      .where(eq(watchPeople.id, watch.people[0]?.id ?? '')),
  );
  expect([(await visits(mine)).held, (await answer(mine, taken.body.check.attemptId, 'reached')).status]).toEqual([
    [],
    404,
  ]);
});

test('nobody is sent at night, and a claim that is forgotten is offered again', async () => {
  const watch = await due({ people: 1, volunteers: 1 }, 'yellow');
  const [check] = await checksOf(h, watch.people);
  const volunteer = nth(watch.volunteers, 0);
  expect((await claim(volunteer, check?.id ?? '')).status).toBe(200);
  at('07:59');
  await tick(h);
  expect(await stateOf(watch)).toBe('claimed');
  at('08:00');
  await tick(h);
  expect(await stateOf(watch)).toBe('due');
  at('19:30');
  expect((await visits(volunteer)).offers).toEqual([]);
  expect((await claim(volunteer, check?.id ?? '')).body.code).toBe('check.night');
});

test('four times nobody, by the bell, the telephone and another neighbour: an alarm at once', async () => {
  const watch = await due({ people: 1, volunteers: 2 });
  const [one, other] = [nth(watch.volunteers, 0), nth(watch.volunteers, 1)];
  const [check] = await checksOf(h, watch.people);
  const id = check?.id ?? '';
  const turn = async (clock: string, as: Someone, way: string) => {
    at(clock);
    await tick(h);
    const taken = await claim(as, id);
    expect([taken.status, taken.body.check?.way]).toEqual([200, way]);
    return (await answer(as, taken.body.check.attemptId, 'no-answer')).body.state;
  };
  expect(await turn('07:05', one, 'bell')).toBe('no-answer');
  at('07:10');
  await tick(h);
  expect((await claim(other, id)).body.code).toBe('check.taken');
  at('08:30');
  await tick(h);
  expect((await claim(one, id)).body.code).toBe('check.taken');
  expect(await turn('08:31', watch.readers[0], 'phone')).toBe('no-answer');
  at('10:00');
  await tick(h);
  const offered = async (as: Someone) => (await visits(as)).offers.length;
  expect([await offered(watch.readers[0]), await offered(watch.readers[1]), await offered(other)]).toEqual([0, 1, 1]);
  expect(await turn('10:01', other, 'neighbour')).toBe('no-answer');
  expect(await turn('11:31', one, 'bell')).toBe('escalated');
  await tick(h);
  for (const { id: reader } of watch.readers) expect(await toldTo(h, reader)).toContain('alarm');
});

test('a door that nobody went to is an alarm when its time is up, and louder until somebody takes charge', async () => {
  const watch = await due({ people: 1, volunteers: 1 }, 'red');
  const [check] = await checksOf(h, watch.people);
  const id = check?.id ?? '';
  const told = (of: string[]) => of.filter((turn) => turn.startsWith('alarm'));
  at('09:59');
  await tick(h);
  expect(await stateOf(watch)).toBe('due');
  at('10:00');
  await tick(h);
  expect(await stateOf(watch)).toBe('escalated');
  expect([told(await toldTo(h, watch.readers[1].id)), told(await toldTo(h, watch.referent.id))]).toEqual([
    ['alarm'],
    [],
  ]);
  for (const clock of ['10:09', '10:10', '10:20', '10:30', '10:35']) {
    at(clock);
    await tick(h);
  }
  expect(told(await toldTo(h, watch.readers[1].id))).toHaveLength(5);
  expect(told(await toldTo(h, watch.referent.id))).toEqual(['alarm-near', 'alarm-near', 'alarm-near', 'alarm-near']);
  const [reader] = watch.readers;
  expect((await h.call('POST', `/watch/alarms/${id}/acknowledge`, { as: watch.coordinator })).status).toBe(403);
  expect((await h.call('POST', `/watch/alarms/${id}/acknowledge`, { as: reader })).status).toBe(204);
  at('12:00');
  await tick(h);
  expect(told(await toldTo(h, reader.id))).toHaveLength(5);
  await h.call('POST', `/watch/alarms/${id}/steps`, { as: reader, body: { step: 'contact-called' } });
  const alarm = await h.call('GET', `/watch/alarms/${id}`, { as: reader });
  expect(alarm.body).toMatchObject({
    firstName: 'Jeanne',
    commune: '01173',
    contacts: [{ name: 'Sa fille', phone: '0450111111' }],
    acknowledged: { by: 'Odile', at: '2026-07-06T10:35:00.000Z' },
    steps: [{ step: 'contact-called', by: 'Odile', at: '2026-07-06T12:00:00.000Z' }],
    told: 5,
    ended: null,
  });
  expect((await h.call('GET', `/watch/alarms/${id}`, { as: nth(watch.volunteers, 0) })).status).toBe(403);
  expect((await h.call('POST', `/watch/alarms/${id}/end`, { as: reader, body: { ending: 'reached' } })).status).toBe(
    204,
  );
  expect(await stateOf(watch)).toBe('closed');
  expect((await h.call('POST', `/watch/alarms/${id}/end`, { as: reader, body: { ending: 'away' } })).body.code).toBe(
    'check.answered',
  );
});

test('an answer sent twice acts once, and one that waited for a network ends the alarm that came meanwhile', async () => {
  const watch = await due({ people: 1, volunteers: 1 }, 'red');
  const volunteer = nth(watch.volunteers, 0);
  at('09:50');
  const [offer] = (await visits(volunteer)).offers;
  const taken = await claim(volunteer, offer.checkId);
  expect(taken.body.check.heldUntil).toBe('2026-07-06T10:00:00.000Z');
  at('10:00');
  await tick(h);
  expect(await stateOf(watch)).toBe('escalated');
  at('10:20');
  const { attemptId } = taken.body.check;
  const late = { at: '2026-07-06T09:55:00.000Z' };
  expect((await answer(volunteer, attemptId, 'reached', late)).body).toEqual({ state: 'closed' });
  expect((await answer(volunteer, attemptId, 'reached', late)).body).toEqual({ state: 'closed' });
  expect((await answer(volunteer, attemptId, 'no-answer')).body.code).toBe('check.answered');
  const attempts = await pastWall((tx) => tx.select().from(watchAttempts).where(eq(watchAttempts.id, attemptId)));
  expect(attempts).toMatchObject([{ outcome: 'reached', answeredAt: new Date(late.at) }]);
  const [escalation] = await pastWall((tx) =>
    tx.select().from(watchEscalations).where(eq(watchEscalations.checkId, offer.checkId)),
  );
  expect([escalation?.ending, escalation?.tellAt]).toEqual(['reached', null]);
});

test('a reader sees their own people on the board, its coverage adds up, and paper is typed in at once', async () => {
  const watch = await due({ people: 4, volunteers: 0 });
  const other = await due({ people: 3, volunteers: 0 });
  const [reader] = watch.readers;
  const board = await h.call('GET', '/watch/board', { as: reader });
  expect(board.body.checks).toHaveLength(4);
  expect(board.body.coverage).toMatchObject([{ stair: 'Escalier 1', due: 4, covered: 0, waiting: 4, escalated: 0 }]);
  const [a, b, c] = board.body.checks.map((one: { checkId: string }) => one.checkId);
  const entry = (checkId: string, outcome: string, minute: number) => ({
    checkId,
    outcome,
    at: `2026-07-06T07:0${minute}:00.000Z`,
  });
  const entries = [
    entry(a, 'reached', 1),
    entry(b, 'needs-something', 2),
    ...[3, 4, 5, 6].map((n) => entry(c, 'no-answer', n)),
  ];
  at('10:30');
  const headers = { 'idempotency-key': newId() };
  const send = () => h.call('POST', '/watch/entries', { as: reader, body: { entries }, headers });
  expect([(await send()).status, (await send()).status]).toEqual([201, 201]);
  const after = (await h.call('GET', '/watch/board', { as: reader })).body;
  expect(after.coverage).toMatchObject([{ due: 4, covered: 2, waiting: 1, escalated: 1 }]);
  expect((await h.call('POST', '/watch/entries', { as: watch.coordinator, body: { entries } })).status).toBe(403);
  expect((await h.call('POST', '/watch/entries', { as: other.readers[0], body: { entries } })).status).toBe(404);
});
