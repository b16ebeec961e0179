import { schema } from '@palier/db';
import { sql } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { joining, watchCast } from '../../test/watch-cast.ts';

const hourMs = 3_600_000;
const start = Date.now();
let now = new Date(start);
const h = await openHarness({}, { clock: () => now });
const cast = await watchCast(h);
const { person, neighbour, coordinator, referent, readers, join, name, noticed, home, at, day, endsOn, mintReader } =
  cast;
const [lise, marc] = readers;
beforeEach(() => {
  now = new Date(start);
});
const entryId: string = (await join(person)).body.entry.id;
const list = async (as: { cookie: string }) => (await h.call('GET', '/watch/people', { as })).body;
const entry = (as: { cookie: string }, id = entryId) => h.call('GET', `/watch/people/${id}`, { as });
const mine = async () => (await h.call('GET', '/watch/me', { as: person })).body;
const seat = async (id = entryId) => {
  const { body } = await h.call('GET', `/territories/${home.territoryId}/watch`, { as: coordinator });
  return body.seats.find((one: { id: string }) => one.id === id);
};
const later = (hours: number) => {
  now = new Date(start + hours * hourMs);
};

test('the coordinator sees a residence that lacks two readers, and not who: no name, no door, no number', async () => {
  const answer = await h.call('GET', `/territories/${home.territoryId}/watch`, { as: coordinator });
  expect(answer.body.seats).toEqual([
    expect.objectContaining({ id: entryId, residence: 'Les Tilleuls', missing: 2, readers: [] }),
  ]);
  for (const secret of ['Odette', person.id, 'canari', joining.phone]) expect(answer.text).not.toContain(secret);
});

test('a reader is announced at once and reads 48 hours later, not a second before; every reading is shown and logged', async () => {
  expect((await name(entryId, lise.grantId)).body.reader).toMatchObject({ displayName: 'Lise', state: 'announced' });
  expect((await name(entryId, marc.grantId)).status).toBe(201);
  expect((await name(entryId, marc.grantId)).body.code).toBe('watch.named');
  expect(await noticed(person.accountId)).toEqual(['watch:reader', 'watch:reader']);
  expect((await mine()).readers.map((one: { state: string }) => one.state)).toEqual(['announced', 'announced']);
  expect((await seat()).missing).toBe(0);
  later(47.99);
  expect([(await entry(lise)).status, (await list(lise)).items]).toEqual([404, []]);
  later(48);
  expect((await entry(lise)).body.entry).toMatchObject({ ...joining });
  expect((await list(lise)).items).toMatchObject([{ id: entryId, name: 'Odette', residence: 'Les Tilleuls' }]);
  const { items } = (await h.call('GET', '/watch/me/readings', { as: person })).body;
  expect(items).toEqual([
    { id: expect.any(String), displayName: 'Lise', as: 'reader', what: 'list', at: now.toISOString() },
    { id: expect.any(String), displayName: 'Lise', as: 'reader', what: 'entry', at: now.toISOString() },
  ]);
  const { rows } = await h.pool.query(
    `select actor_id, actor_role, reason, residence_id, commune from audit where action = 'watch.read' and subject_id = $1 order by id`,
    [entryId],
  );
  const logged = { actor_id: lise.id, actor_role: 'reader', residence_id: null, commune: null };
  expect(rows).toEqual([
    { ...logged, reason: 'entry' },
    { ...logged, reason: 'list' },
  ]);
  const first = (await h.call('GET', '/watch/me/readings?limit=1', { as: person })).body;
  const second = (await h.call('GET', `/watch/me/readings?limit=1&cursor=${first.next}`, { as: person })).body;
  expect([first.items[0].what, second.items[0].what, second.next]).toEqual(['list', 'entry', null]);
});

test('nobody else reads: not the neighbour, the referent, the coordinator, another reader, nor an officer', async () => {
  later(50);
  const stranger = await mintReader('Inès');
  const officer = await h.mintAccount('Mairie');
  await h.pool.query(
    `insert into role_grants (id, account_id, role, commune) values (gen_random_uuid(), $1, 'officer', '01173')`,
    [officer.id],
  );
  for (const as of [neighbour, referent, coordinator, officer]) expect((await entry(as)).status).toBe(403);
  expect((await entry(stranger)).status).toBe(404);
  expect((await list(stranger)).items).toEqual([]);
  expect((await h.call('GET', `/watch/people/${entryId}/sheet`, { as: stranger })).status).toBe(404);
  const { coordinator: away } = await watchCast(h);
  expect((await h.call('GET', `/territories/${home.territoryId}/watch`, { as: away })).status).toBe(404);
  const body = { grantId: stranger.grantId, endsOn };
  expect((await h.call('POST', `/watch/seats/${entryId}/readers`, { as: away, body })).status).toBe(404);
});

test('the person refuses a reader, who reads no more, and may not be named for them again', async () => {
  later(49);
  const naming = (await mine()).readers.find((one: { displayName: string }) => one.displayName === 'Marc');
  expect((await entry(marc)).status).toBe(200);
  expect((await h.call('POST', `/watch/readers/${naming.id}/refuse`, { as: neighbour })).status).toBe(404);
  expect((await h.call('POST', `/watch/readers/${naming.id}/refuse`, { as: person })).status).toBe(204);
  expect((await entry(marc)).status).toBe(404);
  expect((await seat()).missing).toBe(1);
  expect(await noticed(marc.id)).toContain('watch:reader-ended');
  expect((await name(entryId, marc.grantId)).body.code).toBe('watch.unfit');
});

test('nobody is named for themselves, across a block, without end, beyond their own role or in another territory', async () => {
  const grant = async (email: string, until: string) =>
    h.call('POST', `/territories/${home.territoryId}/watch/readers`, {
      as: coordinator,
      body: { email, endsOn: until },
    });
  const own = (await grant(person.email, day(180))).body.grant;
  expect((await name(entryId, own.id)).body.code).toBe('watch.unfit');
  const blocked = await at();
  await h.call('POST', `/blocks/${blocked.id}`, { as: person });
  expect((await name(entryId, (await grant(blocked.email, day(180))).body.grant.id)).body.code).toBe('watch.unfit');
  const other = await at();
  for (const until of [day(0), day(1), day(500)]) expect((await grant(other.email, until)).body.code).toBe('watch.end');
  const brief = (await grant(other.email, day(30))).body.grant;
  expect((await name(entryId, brief.id)).body.code).toBe('watch.end');
  expect((await grant('personne@example.test', day(30))).body.code).toBe('email.unknown');
  expect((await grant(other.email, day(30))).body.code).toBe('watch.named');
  const away = await watchCast(h);
  expect((await name(entryId, away.readers[0].grantId)).status).toBe(404);
});

test('the end of a naming, of a role, or of a day ends the reading', async () => {
  later(50);
  const [anna, paul] = [await mintReader('Anna'), await mintReader('Paul')];
  for (const one of [anna, paul]) await name(entryId, one.grantId);
  later(100);
  for (const one of [anna, paul]) expect((await entry(one)).status).toBe(200);
  const naming = (await seat()).readers.find((one: { displayName: string }) => one.displayName === 'Anna');
  expect((await h.call('DELETE', `/watch/readers/${naming.id}`, { as: referent })).status).toBe(403);
  expect((await h.call('DELETE', `/watch/readers/${naming.id}`, { as: coordinator })).status).toBe(204);
  expect((await entry(anna)).status).toBe(404);
  expect((await h.call('DELETE', `/watch/grants/${paul.grantId}`, { as: coordinator })).status).toBe(204);
  expect((await entry(paul)).status).toBe(403);
  later(91 * 24);
  expect((await entry(lise)).status).toBe(404);
});

test('a signed slip puts a neighbour without internet on the watch: its date and signatory stay, its readers wait for the paper', async () => {
  const slip = {
    ...{
      ...joining,
      name: 'Mme Canari-Papier',
      residenceId: home.id,
      signedOn: day(-1),
      signatory: 'Mme Canari-Papier',
    },
  };
  const send = (as: { cookie: string }, body: object = slip) => h.call('POST', '/watch/slips', { as, body });
  for (const as of [neighbour, referent, coordinator]) expect((await send(as)).status).toBe(403);
  expect((await send(lise, { ...slip, residenceId: (await h.mintResidence()).id })).status).toBe(404);
  for (const signedOn of [day(2), day(-40)])
    expect((await send(lise, { ...slip, signedOn })).body.code).toBe('watch.slip');
  expect((await send(lise, { ...slip, email: 'ailleurs@example.test' })).status).toBe(404);
  const { id } = (await send(lise)).body.person;
  expect((await send(lise)).body.code).toBe('watch.joined');
  expect((await entry(lise, id)).status).toBe(404);
  expect(await seat(id)).toMatchObject({ missing: 2, slipWith: 'Lise' });

  const named = (await name(id, marc.grantId)).body.reader;
  expect(named).toMatchObject({ state: 'waiting', effectiveAt: null });
  expect(await noticed(lise.id)).toContain('watch:announce');
  expect((await list(marc)).announcements).toEqual([]);
  const [paper] = (await list(lise)).announcements;
  expect(paper).toMatchObject({
    personId: id,
    name: 'Mme Canari-Papier',
    readers: [{ id: named.id, displayName: 'Marc' }],
  });
  const announce = (as: { cookie: string }, outcome: string, naming = named.id) =>
    h.call('POST', `/watch/readers/${naming}/announcement`, { as, body: { outcome } });
  expect((await announce(marc, 'accepted')).status).toBe(404);
  later(100);
  expect((await entry(marc, id)).status).toBe(404);
  expect((await announce(lise, 'accepted')).status).toBe(204);
  later(147);
  expect((await entry(marc, id)).status).toBe(404);
  later(148);
  expect((await entry(marc, id)).body.entry).toMatchObject({ consent: 'slip', signatory: 'Mme Canari-Papier' });
  const second = (await name(id, lise.grantId)).body.reader;
  expect((await announce(marc, 'refused', second.id)).status).toBe(204);
  expect((await seat(id)).missing).toBe(1);
  const sheet = (await h.call('GET', `/watch/people/${id}/sheet`, { as: marc })).body;
  const what = sheet.readings.map((one: { what: string; displayName: string }) => `${one.displayName}:${one.what}`);
  expect(what).toEqual(expect.arrayContaining(['Lise:announcement', 'Marc:entry', 'Marc:sheet']));
  const { rows } = await h.pool.query(`select account_id from residents where display_name = 'Mme Canari-Papier'`);
  expect(rows).toEqual([{ account_id: null }]);
});

test('a slip with the address of a neighbour who has an account is theirs, and they hear of it', async () => {
  const online = await at({ displayName: 'Gisèle' });
  const slip = { ...joining, residenceId: home.id, signedOn: day(0), signatory: 'Gisèle', email: online.email };
  expect((await h.call('POST', '/watch/slips', { as: lise, body: slip })).status).toBe(201);
  expect(await noticed(online.accountId)).toEqual(['watch:slip']);
  expect((await h.call('GET', '/watch/me', { as: online })).body.entry.signatory).toBe('Gisèle');
});

test('volunteers are accepted by the coordinator of where they live, not as newcomers', async () => {
  const newcomer = await at({ trust: 'new' });
  const offer = (as: { cookie: string }) => h.call('POST', '/watch/volunteers', { as });
  expect((await offer(newcomer)).body.code).toBe('trust.required');
  const { volunteer } = (await offer(neighbour)).body;
  expect(volunteer.acceptedAt).toBeNull();
  expect((await offer(neighbour)).body.code).toBe('watch.named');
  expect(await noticed(coordinator.id)).toContain('watch:volunteer');
  const accept = (as: { cookie: string }) => h.call('POST', `/watch/volunteers/${volunteer.id}/accept`, { as });
  const { coordinator: away } = await watchCast(h);
  expect([(await accept(away)).status, (await accept(referent)).status]).toEqual([404, 403]);
  expect((await accept(coordinator)).status).toBe(204);
  expect((await accept(coordinator)).status).toBe(404);
  expect((await h.call('GET', '/watch/me', { as: neighbour })).body.volunteer.acceptedAt).toBe(now.toISOString());
  const { volunteers } = (await h.call('GET', `/territories/${home.territoryId}/watch`, { as: coordinator })).body;
  expect(volunteers).toMatchObject([{ id: volunteer.id, displayName: 'Basile' }]);
  expect((await h.call('DELETE', `/watch/volunteers/${volunteer.id}`, { as: coordinator })).status).toBe(204);
  expect((await offer(neighbour)).status).toBe(201);
  expect((await h.call('DELETE', '/watch/me/volunteer', { as: neighbour })).status).toBe(204);
  expect((await h.call('DELETE', '/watch/me/volunteer', { as: neighbour })).status).toBe(404);
});

test('the desk’s log shows nothing of it all', async () => {
  for (const as of [referent, coordinator]) {
    const log = (await h.call('GET', '/audit?limit=100', { as })).text;
    for (const word of ['watch.', entryId, 'Odette']) expect(log).not.toContain(word);
  }
  const { rows } = await h.db.execute(
    sql`select count(*)::int as n from ${schema.audit} where action like 'watch.%' and (residence_id is not null or commune is not null)`,
  );
  expect(rows).toEqual([{ n: 0 }]);
});

test('a reader’s desk asks for the second factor where staff must have one', async () => {
  const strict = await openHarness({ STAFF_TOTP: 'required' });
  const { readers: both } = await watchCast(strict).catch(() => ({ readers: [] as { cookie: string }[] }));
  expect(both).toEqual([]); // the coordinator’s own desk asks first
  const reader = await strict.mintAccount('Lise');
  const { territoryId } = await strict.mintResidence();
  await strict.pool.query(
    `insert into watch_reader_grants (id, account_id, territory_id, named_by, named_at, ends_at) values (gen_random_uuid(), $1, $2, $1, now(), now() + interval '9 days')`,
    [reader.id, territoryId],
  );
  expect((await strict.call('GET', '/watch/people', { as: reader })).body.code).toBe('factor.missing');
});
