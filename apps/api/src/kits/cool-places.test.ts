import { schema } from '@palier/db';
import { coolPlacesMax } from '@palier/domain/kits';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { mintStaff } from '../../test/staff.ts';
import { newId } from '../ids.ts';

const h = await openHarness({}, {}, undefined, true);
const home = await h.mintResidence();
const coordinator = await mintStaff(h, { territoryId: home.territoryId });
const place = { name: 'Médiathèque', kind: 'library', where: '1 place du Marché', hours: 'De 10 h à 18 h' };
const add = (as: { cookie: string } | undefined, body: object = place, commune = home.commune) =>
  h.call('POST', `/communes/${commune}/cool-places`, { as, body });
const list = async (commune = home.commune) => (await h.call('GET', `/communes/${commune}/cool-places?limit=100`)).body;

test('a coordinator adds a place that anyone then reads, and takes it off', async () => {
  const added = await add(coordinator);
  expect(added.status).toBe(201);
  expect(await list()).toEqual({
    commune: 'Gex',
    items: [{ id: added.body.coolPlace.id, ...place, pin: null }],
    next: null,
  });
  expect((await h.call('DELETE', `/cool-places/${added.body.coolPlace.id}`, { as: coordinator })).status).toBe(204);
  expect((await list()).items).toEqual([]);
  expect((await h.call('DELETE', `/cool-places/${added.body.coolPlace.id}`, { as: coordinator })).status).toBe(404);
});

test('an officer of the commune keeps it too; a pin is drawn only inside the commune', async () => {
  const officer = await h.mintAccount('Olga');
  const { commune } = home;
  await h.db.insert(schema.roleGrants).values({ id: newId(), accountId: officer.id, role: 'officer', commune });
  const added = await add(officer, { ...place, pin: '46.3339 6.0571' });
  expect([added.status, added.body.coolPlace.pin]).toEqual([201, '46.3339 6.0571']);
  expect((await list()).items[0].pin).toBe('46.3339 6.0571');
  expect((await add(officer, { ...place, pin: '48.8566 2.3522' })).body.code).toBe('point.outside');
  expect((await add(officer, { ...place, pin: 'ici' })).status).toBe(400);
  expect((await add(officer, place, '01034')).status).toBe(404);
  expect((await h.call('DELETE', `/cool-places/${added.body.coolPlace.id}`, { as: officer })).status).toBe(204);
});

test('sent twice with one key, a place is added once, with the same answer', async () => {
  const send = () =>
    h.call('POST', `/communes/${home.commune}/cool-places`, {
      as: coordinator,
      body: { ...place, name: 'Salle des fêtes' },
      headers: { 'idempotency-key': 'once' },
    });
  const [first, second] = [await send(), await send()];
  expect([first.status, second.status, second.text]).toEqual([201, 201, first.text]);
  expect((await list()).items).toHaveLength(1);
  await h.call('DELETE', `/cool-places/${first.body.coolPlace.id}`, { as: coordinator });
});

test('nobody else keeps the list: neither a referent, nor a coordinator of another town', async () => {
  const elsewhere = await h.mintResidence({ commune: '01034' });
  const theirs = await mintStaff(h, { territoryId: elsewhere.territoryId });
  const { id } = (await add(coordinator)).body.coolPlace;
  const referent = await mintStaff(h, { residenceId: home.id });
  expect((await add(undefined)).status).toBe(401);
  expect((await add(referent)).status).toBe(403);
  expect((await add(theirs)).body).toMatchObject({ status: 404, code: 'resource.absent' });
  expect((await h.call('DELETE', `/cool-places/${id}`, { as: theirs })).status).toBe(404);
  expect((await list()).items).toHaveLength(1);
  expect((await list('01034')).items).toEqual([]);
  expect((await h.call('GET', '/communes/99999/cool-places')).status).toBe(404);
});

test('a place without a name, or of no kind that we know, is refused; so is one too many', async () => {
  for (const wrong of [{ name: ' ' }, { kind: 'home' }, { hours: 'x'.repeat(161) }])
    expect((await add(coordinator, { ...place, ...wrong })).status).toBe(400);
  const { length } = (await list()).items;
  const rows = Array.from({ length: coolPlacesMax - length }, (_, n) => ({
    id: newId(),
    commune: home.commune,
    kind: 'park' as const,
    name: `Parc ${n}`,
    whereabouts: 'Rue du Parc',
    hours: 'Toujours',
    createdAt: new Date(),
  }));
  await h.db.insert(schema.coolPlaces).values(rows.slice(3));
  const atOnce = await Promise.all(Array.from({ length: 20 }, () => add(coordinator)));
  expect(atOnce.filter(({ status }) => status === 201)).toHaveLength(3);
  expect((await list()).items).toHaveLength(coolPlacesMax);
  expect((await add(coordinator)).body).toMatchObject({ status: 400, code: 'request.invalid' });
});
