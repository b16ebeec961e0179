import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { mintStaff } from '../../test/desk.ts';
import { openHarness } from '../../test/harness.ts';
import { joining, watchCast } from '../../test/watch-cast.ts';
import { tickWatch } from './tick-watch.ts';

const dayMs = 86_400_000;
let now = new Date();
const h = await openHarness({}, { clock: () => now });
const ctx = () => ({ ...h.deps, actor: null, now, ip: '', locale: 'fr' as const, tx: null });
const { w, person, neighbour, coordinator, referent, readers, join, name, noticed, at, home } = await watchCast(h);
const mine = async (as: { cookie: string }) => (await h.call('GET', '/watch/me', { as })).body;

test('somebody joins by their own act: the consent is dated and lapses in twelve months, and the coordinator hears of a seat', async () => {
  expect((await join(person, { consent: false })).status).toBe(400);
  expect((await join(person, { health: 'fragile' })).status).toBe(400);
  const answer = await join(person);
  expect(answer.status).toBe(201);
  const { entry } = answer.body;
  expect(entry).toMatchObject({ ...joining, consent: 'screen', consentVersion: '2026-11-22', signatory: null });
  expect(Date.parse(entry.lapsesAt) - Date.parse(entry.consentedAt)).toBeGreaterThanOrEqual(365 * dayMs);
  expect((await join(person)).body.code).toBe('watch.joined');
  expect(await mine(person)).toEqual({ entry, readers: [], volunteer: null });
  expect((await mine(neighbour)).entry).toBeNull();
  expect(await noticed(coordinator.id)).toEqual(['watch:seat']);
});

test('twenty at once join once; a stair of elsewhere is refused; without a session nothing', async () => {
  const other = await at();
  const answers = await Promise.all(Array.from({ length: 20 }, () => join(other)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]));
  const elsewhere = await h.mintResidence();
  const stairId = elsewhere.stairs[0]?.id ?? '';
  expect((await join(await at(), { stairId })).body.code).toBe('stair.foreign');
  expect((await h.call('POST', '/watch', { body: { ...joining, consent: true } })).status).toBe(401);
  expect((await join(referent)).status).toBe(403);
});

test('the person corrects their entry, whole, and nobody else’s', async () => {
  const body = { ...joining, phone: '06 00 00 00 00', contacts: [], part: 'evening' };
  const edited = await h.call('PATCH', '/watch/me', { as: person, body });
  expect(edited.body.entry).toMatchObject({
    phone: '06 00 00 00 00',
    contacts: [],
    part: 'evening',
    door: 'canari-porte',
  });
  expect((await h.call('PATCH', '/watch/me', { as: neighbour, body })).status).toBe(404);
  await h.call('PATCH', '/watch/me', { as: person, body: joining });
});

test('thirty days before the end the person is reminded, once; a tap renews for twelve months', async () => {
  const began = now;
  now = new Date(began.getTime() + 334 * dayMs);
  await tickWatch(ctx());
  expect(await noticed(person.accountId)).not.toContain('watch:lapse');
  now = new Date(began.getTime() + 337 * dayMs);
  await tickWatch(ctx());
  await tickWatch(ctx());
  expect((await noticed(person.accountId)).filter((turn) => turn === 'watch:lapse')).toHaveLength(1);
  const renewed = (await h.call('POST', '/watch/me/renew', { as: person })).body.entry;
  expect(renewed.consentedAt).toBe(now.toISOString());
  expect((await h.call('POST', '/watch/me/renew', { as: neighbour })).status).toBe(404);
  now = new Date(began.getTime() + 400 * dayMs);
  await tickWatch(ctx());
  expect((await mine(person)).entry).not.toBeNull();
  now = began;
});

test('an entry that nobody renewed is gone within a day of its lapse, with all that hangs on it', async () => {
  const old = await at();
  const { personId } = await w.plant(old, { contacts: 2, lapsesAt: new Date(now.getTime() - 1000) });
  await tickWatch(ctx());
  let rows = -1;
  await w.asHouse(async (tx) => {
    rows = (await tx.execute(sql`select from watch_people where id = ${personId}`)).rowCount ?? -1;
  });
  expect(rows).toBe(0);
});

test('one gesture withdraws: gone at once for the person and their readers, purged by the next tick', async () => {
  const leaver = await at();
  const { entry } = (await join(leaver)).body;
  await w.name(entry.id, readers[0].id);
  const read = () => h.call('GET', `/watch/people/${entry.id}`, { as: readers[0] });
  expect((await read()).status).toBe(200);
  expect((await h.call('POST', '/watch/me/withdraw', { as: leaver })).status).toBe(204);
  expect((await read()).status).toBe(404);
  expect((await h.call('GET', '/watch/people', { as: readers[0] })).text).not.toContain(entry.id);
  expect((await h.call('GET', `/territories/${home.territoryId}/watch`, { as: coordinator })).text).not.toContain(
    entry.id,
  );
  expect((await mine(leaver)).entry).toBeNull();
  expect(await noticed(readers[0].id)).toContain('watch:withdrawn');
  expect((await h.call('POST', '/watch/me/withdraw', { as: leaver })).status).toBe(204);
  await tickWatch(ctx());
  expect((await join(leaver)).status).toBe(201);
});

test('whoever moves or leaves is read by nobody from that moment, and is off the watch', async () => {
  const mover = await at();
  const { entry } = (await join(mover)).body;
  await w.name(entry.id, readers[1].id);
  const read = () => h.call('GET', `/watch/people/${entry.id}`, { as: readers[1] });
  expect((await read()).status).toBe(200);
  const away = await h.mintResidence();
  await h.pool.query('update residents set residence_id = $1 where id = $2', [away.id, mover.id]);
  expect((await read()).status).toBe(404);
  await tickWatch(ctx());
  expect((await mine(mover)).entry).toBeNull();
});

test('a referent withdraws a neighbour on the telephone, and learns nothing of who is on the watch', async () => {
  const answers = [];
  for (const isWatched of [true, false]) {
    const offline = await h.call('POST', `/residences/${home.id}/offline-residents`, {
      as: referent,
      body: { displayName: `Mme Roux ${isWatched}`, consent: 'spoken', adult: true },
    });
    const { id } = offline.body.resident;
    if (isWatched) await w.plant({ id, residenceId: home.id }, { consent: 'slip', signatory: 'Mme Roux' });
    const body = { consent: 'spoken' };
    const acting = await h.call('POST', `/offline-residents/${id}/acting-sessions`, { as: referent, body });
    const headers = { 'palier-acting-for': String(acting.body.session?.id) };
    for (const path of ['/watch/me', '/watch/me/readings'])
      expect([path, (await h.call('GET', path, { as: referent, headers })).status]).toEqual([path, 403]);
    const gone = await h.call('POST', '/watch/me/withdraw', { as: referent, headers });
    answers.push([gone.status, gone.text]);
    await h.call('POST', `/acting-sessions/${acting.body.session?.id}/close`, { as: referent });
  }
  expect(answers[0]).toEqual([204, '']);
  expect(answers[1]).toEqual(answers[0]);
  let live = -1;
  await w.asHouse(async (tx) => {
    const { rowCount } = await tx.execute(
      sql`select from watch_people where signatory = 'Mme Roux' and withdrawn_at is null`,
    );
    live = rowCount ?? -1;
  });
  expect(live).toBe(0);
});

test('on the telephone too for whoever has an account: they are told, and the referent learns nothing of who was on it', async () => {
  const [watched, unwatched] = [await at(), await at()];
  await join(watched);
  const path = ({ id }: { id: string }) => `/residents/${id}/watch-withdrawal`;
  const elsewhere = await mintStaff(h, 'referent', (await h.mintResidence()).id);
  expect((await h.call('POST', path(watched), { as: elsewhere })).status).toBe(404);
  expect((await h.call('POST', path(watched), { as: neighbour })).status).toBe(403);
  expect((await mine(watched)).entry).not.toBeNull();
  const answers = [];
  for (const who of [watched, unwatched]) {
    const { status, text } = await h.call('POST', path(who), { as: referent });
    answers.push([status, text]);
  }
  expect(answers).toEqual([
    [204, ''],
    [204, ''],
  ]);
  expect((await mine(watched)).entry).toBeNull();
  expect([await noticed(watched.accountId), await noticed(unwatched.accountId)]).toEqual([['watch:off'], []]);
});

test('in the last sixty days of their consent a new signed slip is twelve months more, for the same entry and readers; sooner it is refused', async () => {
  const online = await at({ displayName: 'Marthe' });
  const days = (n: number) => new Date(now.getTime() + n * dayMs);
  const signedOn = now.toISOString().slice(0, 10);
  const body = { ...joining, residenceId: home.id, signedOn, signatory: 'Marthe', email: online.email };
  const send = () => h.call('POST', '/watch/slips', { as: readers[0], body });
  const { personId: entryId } = await w.plant(
    { id: online.id, residenceId: home.id },
    { lapsesAt: days(61), remindedAt: now },
  );
  await w.name(entryId, readers[1].id);
  expect((await send()).body.code).toBe('watch.joined');
  await w.asHouse((tx) =>
    tx.execute(sql`update watch_people set lapses_at = ${days(59).toISOString()} where id = ${entryId}`),
  );
  const renewed = await send();
  expect([renewed.status, renewed.body.person]).toEqual([201, { id: entryId }]);
  const { entry, readers: named } = await mine(online);
  expect(entry).toMatchObject({ id: entryId, consent: 'slip', signedOn, signatory: 'Marthe' });
  expect(Date.parse(entry.lapsesAt) - now.getTime()).toBeGreaterThan(363 * dayMs);
  expect(named).toHaveLength(1);
  expect(await noticed(online.accountId)).toContain('watch:slip');
  expect((await send()).body.code).toBe('watch.joined');
  const { rows } = await h.pool.query(`select action from audit where subject_id = $1 and action like 'watch.%'`, [
    entryId,
  ]);
  expect(rows).toContainEqual({ action: 'watch.renew' });
});

test('naming needs a person who is there', async () => {
  expect((await name(person.id, readers[0].grantId)).status).toBe(404);
});
