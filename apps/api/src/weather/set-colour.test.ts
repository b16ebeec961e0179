import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { mintDesk, mintStaff } from '../../test/desk.ts';
import { openHarness } from '../../test/harness.ts';

const h = await openHarness();
const { residence, referent, coordinator, people } = await mintDesk(h, 1);
const [neighbour] = people as [(typeof people)[number]];
const stranger = await h.mintResident();
const elsewhere = await mintStaff(h, 'coordinator', (await h.mintResidence()).territoryId);
const url = `/territories/${residence.territoryId}/weather`;
const orange = { department: '01', hazard: 'heat', colour: 'orange' } as const;
const byHand = async (as: { cookie: string }) => (await h.call('GET', '/weather', { as })).body.byHand;

test('a coordinator sets a colour by hand without a source, those of the territory read it, and it is logged', async () => {
  expect((await h.call('POST', url, { as: coordinator, body: orange })).status).toBe(204);
  const set = [{ ...orange, territory: { id: residence.territoryId, name: 'Territoire' }, setAt: expect.any(String) }];
  for (const one of [coordinator, referent, neighbour]) expect(await byHand(one)).toEqual(set);
  for (const one of [stranger, elsewhere]) expect(await byHand(one)).toEqual([]);
  const acts = await h.db
    .select({ action: schema.audit.action, by: schema.audit.actorId, reason: schema.audit.reason })
    .from(schema.audit)
    .where(eq(schema.audit.subjectId, residence.territoryId));
  expect(acts).toEqual([{ action: 'weather.set', by: coordinator.id, reason: 'heat:01:orange' }]);
  const [notice] = (await h.call('GET', '/notifications', { as: referent })).body.items;
  expect(notice).toMatchObject({ kind: 'watch', href: '/meteo' });
});

test('setting it again replaces it, also twenty at once, and null follows the source again', async () => {
  const colours = ['green', 'yellow', 'orange', 'red'] as const;
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      h.call('POST', url, { as: coordinator, body: { ...orange, colour: colours[n % 4] } }),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
  expect(await byHand(neighbour)).toHaveLength(1);
  expect((await h.call('POST', url, { as: coordinator, body: { ...orange, colour: null } })).status).toBe(204);
  expect(await byHand(neighbour)).toEqual([]);
});

test('nobody else sets it, and nobody where the territory has no residence', async () => {
  for (const [who, status] of [
    [referent, 403],
    [neighbour, 403],
    [elsewhere, 404],
  ] as const)
    expect((await h.call('POST', url, { as: who, body: orange })).status).toBe(status);
  expect((await h.call('POST', url, { as: coordinator, body: { ...orange, department: '75' } })).status).toBe(404);
  for (const wrong of [{ department: '20' }, { department: 'FRA' }, { hazard: 'wind' }, { colour: 'purple' }])
    expect((await h.call('POST', url, { as: coordinator, body: { ...orange, ...wrong } })).status).toBe(400);
  expect(await byHand(neighbour)).toEqual([]);
});

test('what coordinators may set is where their territory has residences', async () => {
  const { charge, home } = (await h.call('GET', '/weather', { as: coordinator })).body;
  expect([charge, home]).toEqual([[{ id: residence.territoryId, name: 'Territoire', departments: ['01'] }], null]);
  const own = (await h.call('GET', '/weather', { as: neighbour })).body;
  expect([own.charge, own.home, own.source.isSet]).toEqual([[], '01', false]);
});
