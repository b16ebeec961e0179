import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { mintStaff } from '../../test/staff.ts';
import { createGeocoder } from './geocoder.ts';

const h = await openHarness();
const home = await h.mintResidence();
const coordinator = await mintStaff(h, { territoryId: home.territoryId }, 'Colin');
const stranger = await mintStaff(h, { territoryId: (await h.mintResidence()).territoryId });
const at = `/territories/${home.territoryId}`;
const point = { lat: 46.3314, lon: 6.0604 };
const draft = (name: string, more: object = {}) => ({
  name,
  address: '62 rue de Genève',
  commune: '01173',
  homes: 30,
  point,
  ...more,
});
const open = (body: object, as: { cookie: string } = coordinator) => h.call('POST', `${at}/residences`, { as, body });
const residences = () =>
  h.db.select().from(schema.residences).where(eq(schema.residences.territoryId, home.territoryId));
const send = (text: string | Buffer, dryRun = false, as: { cookie: string } = coordinator) =>
  h.call('POST', `${at}/imports`, { as, body: { file: Buffer.from(text).toString('base64'), dryRun } });

test('a coordinator opens a residence whose exact point is told to nobody; not outside its commune, not twice, not elsewhere', async () => {
  const made = await open(draft('Les Lilas', { stairs: ['A', 'B'] }));
  expect(made.status).toBe(201);
  const list = await h.call('GET', '/territories', { as: coordinator });
  expect(list.body.items[0].residences.map(({ name }: { name: string }) => name)).toContain('Les Lilas');
  expect(list.text).not.toMatch(/46\.3314|rue de Gen/);
  const [place] = await h.db
    .select()
    .from(schema.residencePlaces)
    .where(eq(schema.residencePlaces.residenceId, made.body.id));
  expect(place).toMatchObject(point);
  expect((await open(draft('Ailleurs', { point: { lat: 48.85, lon: 2.35 } }))).body.code).toBe('point.outside');
  expect((await open(draft('Les Lilas'))).body.code).toBe('residence.exists');
  expect((await open(draft('Autre'), stranger)).status).toBe(404);
  const many = await Promise.all(Array.from({ length: 20 }, () => open(draft('Les Roses'))));
  expect(many.filter(({ status }) => status === 201)).toHaveLength(1);
});

test('a list is tried, opened once, and opens nothing the second time; Windows letters are read', async () => {
  const list =
    'nom;adresse;insee;logements;lat;lon\nLe Cèdre;1 rue Été;01173;12;46,3314;6,0604\nLoin;2 rue;01173;3;48,8;2,3\n';
  const before = (await residences()).length;
  expect((await send(list, true)).body).toMatchObject({ opened: 1, known: 0, wrong: 1 });
  expect(await residences()).toHaveLength(before);
  const answers = await Promise.all([send(Buffer.from(list, 'latin1')), send(list), send(list)]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await residences()).filter(({ name }) => name === 'Le Cèdre')).toHaveLength(1);
  const again = await send(list);
  expect(again.body).toMatchObject({ opened: 0, known: 1, lines: [{ outcome: 'known' }, { faults: ['outside'] }] });
  expect((await send('\u0000\u0001')).body.code).toBe('csv.unreadable');
  expect((await send(list, true, stranger)).status).toBe(404);
});

test('a referent is named by their address and retired, is told, and can no longer read the residence', async () => {
  const account = await h.mintAccount('Rachel');
  const name = (email: string, as: { cookie: string } = coordinator) =>
    h.call('POST', `/residences/${home.id}/referents`, { as, body: { email } });
  expect((await name('nobody@example.test')).body.code).toBe('email.unknown');
  expect((await name(account.email, stranger)).status).toBe(404);
  const twenty = await Promise.all(Array.from({ length: 20 }, () => name(account.email)));
  expect(twenty.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(twenty.filter(({ body }) => body.code === 'role.exists')).toHaveLength(19);
  expect((await h.call('GET', `/residences/${home.id}`, { as: account })).status).toBe(200);
  expect((await name(account.email, account)).status).toBe(403);
  const { grantId } = twenty.find(({ status }) => status === 201)?.body.referent ?? {};
  expect((await h.call('DELETE', `/referents/${grantId}`, { as: stranger })).status).toBe(404);
  expect((await h.call('DELETE', `/referents/${grantId}`, { as: coordinator })).status).toBe(204);
  expect((await h.call('GET', `/residences/${home.id}`, { as: account })).status).toBe(403);
  expect((await h.call('GET', '/notifications', { as: account })).body.items).toHaveLength(2);
});

const servers: ReturnType<typeof createServer>[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});
const geocoderThat = async (answer: RequestListener, clock = () => new Date()) => {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return createGeocoder(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, clock);
};
const body = {
  type: 'FeatureCollection',
  features: [
    {
      geometry: { type: 'Point', coordinates: [6.05794, 46.3224] },
      properties: { label: '160 Rue Marc Panissod 01170 Gex', citycode: '01173' },
    },
  ],
};

test('the geocoder is asked for the words and nothing else; garbage, silence and refusals leave the pin to the hand', async () => {
  const asked: string[] = [];
  const good = await geocoderThat((request, response) => {
    asked.push(request.url ?? '');
    expect(request.headers.cookie).toBeUndefined();
    response.end(JSON.stringify(body));
  });
  expect(await good('160 rue marc panissod')).toEqual({
    state: 'found',
    items: [{ label: '160 Rue Marc Panissod 01170 Gex', commune: '01173', pin: '46.3224 6.05794' }],
  });
  expect(asked).toEqual(['/search?q=160+rue+marc+panissod&limit=6']);
  for (const wrong of ['', '<html>', '{"features":[{}]}', '['.repeat(100_000), 'x'.repeat(400_000)])
    expect((await (await geocoderThat((_, response) => response.end(wrong)))('3 rue')).state).toBe('away');
  expect((await (await geocoderThat((_, response) => response.writeHead(500).end()))('3 rue')).state).toBe('away');
  expect((await (await geocoderThat(() => undefined))('3 rue')).state).toBe('away');
  expect((await createGeocoder('http://127.0.0.1:9', () => new Date())('3 rue')).state).toBe('away');
  let calls = 0;
  const tired = await geocoderThat((_, response) => {
    calls += 1;
    response.writeHead(429, { 'retry-after': '5' }).end();
  });
  expect([(await tired('3 rue')).state, (await tired('3 rue')).state, calls]).toEqual(['busy', 'busy', 1]);
}, 20_000);

test('the geocoder hears at most forty questions of ours a second, and none while it asks for rest', async () => {
  let now = new Date('2026-11-09T09:00:00.000Z');
  let [heard, isTired] = [0, false];
  const ask = await geocoderThat(
    (_, response) => {
      heard += 1;
      if (isTired) response.writeHead(429, { 'retry-after': '7' }).end();
      else response.end(JSON.stringify(body));
    },
    () => now,
  );
  const statesOf = async (questions: number): Promise<string[]> =>
    (await Promise.all(Array.from({ length: questions }, () => ask('3 rue')))).map(({ state }) => state);
  const first = await statesOf(60);
  expect([heard, first.filter((state) => state === 'found').length]).toEqual([40, 40]);
  expect(new Set(first.slice(40))).toEqual(new Set(['busy']));
  now = new Date('2026-11-09T09:00:00.999Z');
  expect([await statesOf(1), heard]).toEqual([['busy'], 40]);
  now = new Date('2026-11-09T09:00:01.000Z');
  expect([await statesOf(1), heard]).toEqual([['found'], 41]);
  isTired = true;
  expect([await statesOf(1), heard]).toEqual([['busy'], 42]);
  isTired = false;
  for (const second of ['02', '05', '07']) {
    now = new Date(`2026-11-09T09:00:${second}.900Z`);
    expect([await statesOf(1), heard]).toEqual([['busy'], 42]);
  }
  now = new Date('2026-11-09T09:00:08.000Z');
  expect([await statesOf(1), heard]).toEqual([['found'], 43]);
});
