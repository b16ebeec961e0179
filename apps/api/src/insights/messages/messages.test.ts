import { schema } from '@palier/db';
import { usefulNumbersMax } from '@palier/domain/insights';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness } from '../../../test/harness.ts';
import { mintStaff } from '../../../test/staff.ts';
import { newId } from '../../ids.ts';

let now = new Date();
const h = await openHarness({ ELECTION_MONTHS: '2026-12' }, { clock: () => now }, undefined, true);
const works = { purpose: 'works', title: 'Travaux rue du Mont', text: 'La rue sera fermée de lundi à mercredi.' };
const dayMs = 86_400_000;

const mintTown = async (commune: string) => {
  const officer = await h.mintAccount('Olga');
  await h.db.insert(schema.roleGrants).values({ id: newId(), accountId: officer.id, role: 'officer', commune });
  const home = await h.mintResidence({ commune });
  const neighbour = await h.mintResident({ residenceId: home.id, stairId: null });
  const write = (body: object = works, as: { cookie: string } | undefined = officer) =>
    h.call('POST', `/communes/${commune}/messages`, { as, body });
  const archive = async () => (await h.call('GET', `/communes/${commune}/messages`)).body.items;
  return { commune, officer, home, neighbour, write, archive };
};

test('a message reaches everyone of the commune as a card and a line of the day’s mail, never as a push; the archive is public', async () => {
  const { officer, commune, neighbour, write, archive } = await mintTown('01173');
  const elsewhere = await h.mintResident({ commune: '01034' });
  const before = await h.db.select({ id: schema.outbox.id }).from(schema.outbox);
  const { status, body } = await write();
  expect([status, body.message]).toMatchObject([201, { ...works, quarter: null }]);
  expect(await archive()).toEqual([body.message]);
  expect((await h.call('GET', '/town-messages', { as: neighbour })).body.items).toEqual([body.message]);
  expect((await h.call('GET', '/town-messages', { as: elsewhere })).body.items).toEqual([]);
  const { items } = (await h.call('GET', '/notifications', { as: neighbour })).body;
  expect(items).toMatchObject([{ title: 'Un message de la mairie', href: `/mairie/${commune}` }]);
  expect((await h.call('GET', '/notifications', { as: elsewhere })).body.items).toEqual([]);
  const told = (await h.db.select().from(schema.outbox)).filter(({ id }) => !before.some((one) => one.id === id));
  expect(told.map(({ kind, change }) => [kind, change])).toEqual([['audit', 'town.message']]);
  const [act] = await h.db.select().from(schema.audit).where(eq(schema.audit.action, 'town.message'));
  expect(act).toMatchObject({ actorId: officer.id, actorRole: 'officer', reason: 'works', commune });
});

test('one a week, of twenty at once too; in orange at once', async () => {
  const { commune, officer, home, write } = await mintTown('01143');
  const atOnce = await Promise.all(Array.from({ length: 20 }, () => write()));
  expect(atOnce.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(new Set(atOnce.map(({ body }) => body.code))).toEqual(new Set([undefined, 'town.weekly']));
  const desk = async () => (await h.call('GET', `/communes/${commune}/messages/desk`, { as: officer })).body;
  expect(await desk()).toMatchObject({ colour: null, nextAt: expect.any(String), election: '2026-12' });
  const coordinator = await mintStaff(h, { territoryId: home.territoryId });
  const orange = { department: '01', hazard: 'heat', colour: 'orange' };
  await h.call('POST', `/territories/${home.territoryId}/weather`, { as: coordinator, body: orange });
  expect(await desk()).toMatchObject({ colour: 'orange', nextAt: null });
  expect((await write({ ...works, purpose: 'heat' })).status).toBe(201);
  await h.call('POST', `/territories/${home.territoryId}/weather`, {
    as: coordinator,
    body: { ...orange, colour: null },
  });
  expect((await write()).body.code).toBe('town.weekly');
  now = new Date(now.getTime() + 7 * dayMs);
  expect((await write()).status).toBe(201);
});

test('a message is screened: no payment, no way to reach someone, no link, no insult; and it is to a zone alone', async () => {
  const { write, archive } = await mintTown('01160');
  const refused = async (change: object) => (await write({ ...works, ...change })).body.code;
  expect(await refused({ text: 'Appelez Madame Martin au 06 12 34 56 78 avant lundi.' })).toBe('post.contact');
  expect(await refused({ text: 'Lisez tout sur https://example.org/travaux avant lundi.' })).toBe('town.words');
  expect(await refused({ text: 'Cet imbécile de voisin va devoir bouger sa voiture.' })).toBe('town.words');
  expect(await refused({ quarter: 'nowhere' })).toBe('resource.absent');
  expect(await refused({ purpose: 'praise' })).toBe('request.invalid');
  expect(await refused({ residentId: newId() })).toBe('request.invalid');
  expect(await refused({ text: 'La rue sera fermée. '.repeat(60) })).toBe('request.invalid');
  expect(await refused({ text: 'La rue\u0000 sera fermée lundi.' })).toBe('request.malformed');
  expect(await archive()).toEqual([]);
});

test('strangers write nothing, and another town’s officer neither', async () => {
  const { commune, neighbour, write } = await mintTown('01281');
  const other = await mintTown('01354');
  const coordinator = await mintStaff(h, { territoryId: other.home.territoryId });
  const asVisitor = await h.call('POST', `/communes/${commune}/messages`, { body: works });
  expect(asVisitor.status).toBe(401);
  expect((await write(works, neighbour)).status).toBe(403);
  expect((await write(works, coordinator)).status).toBe(403);
  expect((await write(works, other.officer)).body).toMatchObject({ status: 404, code: 'resource.absent' });
  expect((await h.call('GET', '/communes/99999/messages')).status).toBe(404);
});

test('useful numbers of services are anyone’s to read; a mobile number, which is a person’s, is refused', async () => {
  const { commune, officer } = await mintTown('01399');
  const path = `/communes/${commune}/useful-numbers`;
  const add = (body: object) => h.call('POST', path, { as: officer, body });
  const { status, body } = await add({ label: 'Mairie', number: '04 50 42 63 00' });
  expect(status).toBe(201);
  expect((await add({ label: 'Maltraitance', number: '3977' })).status).toBe(201);
  for (const number of ['06 12 34 56 78', '+33 7 12 34 56 78', '10 06 12 34 56 78', '01', 'appelez'])
    expect((await add({ label: 'Quelqu’un', number })).status).toBe(400);
  expect((await add({ label: 'Mme Martin, 06 12 34 56 78', number: '3977' })).body.code).toBe('post.contact');
  const list = async () => (await h.call('GET', path)).body.items.map((one: { number: string }) => one.number);
  expect(await list()).toEqual(['04 50 42 63 00', '3977']);
  const remove = () => h.call('POST', `${path}/remove`, { as: officer, body: { numberId: body.number.id } });
  expect([(await remove()).status, (await remove()).status]).toEqual([204, 404]);
  expect(await list()).toEqual(['3977']);
});

test('of twenty numbers at once, a list that lacks three takes three; another town’s officer takes none off it', async () => {
  const { commune, officer, neighbour } = await mintTown('01249');
  const other = await mintTown('01419');
  const path = `/communes/${commune}/useful-numbers`;
  const rows = Array.from({ length: usefulNumbersMax - 3 }, (_, n) => ({
    id: newId(),
    commune,
    label: `Service ${n}`,
  }));
  const at = { number: '3977', createdAt: now };
  await h.db.insert(schema.usefulNumbers).values(rows.map((row) => ({ ...row, ...at })));
  const add = () => h.call('POST', path, { as: officer, body: { label: 'Mairie', number: '04 50 42 63 00' } });
  const atOnce = await Promise.all(Array.from({ length: 20 }, add));
  expect(atOnce.map(({ status }) => status).sort()).toEqual([...Array(3).fill(201), ...Array(17).fill(400)]);
  expect((await h.call('GET', `${path}?limit=100`)).body.items).toHaveLength(usefulNumbersMax);
  const body = { numberId: rows[0]?.id };
  for (const [as, url, status] of [
    [other.officer, path, 404],
    [other.officer, `/communes/${other.commune}/useful-numbers`, 404],
    [neighbour, path, 403],
  ] as const)
    expect((await h.call('POST', `${url}/remove`, { as, body })).status).toBe(status);
  expect((await h.call('GET', `${path}?limit=100`)).body.items).toHaveLength(usefulNumbersMax);
});
