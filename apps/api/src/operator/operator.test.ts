import { openDatabase, openPool, schema } from '@palier/db';
import { freshDatabase } from '@palier/db/testing';
import { type Cell, cellDistanceM, homeCell } from '@palier/domain/places';
import { eq } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { newId } from '../ids.ts';
import { deriveCell } from '../places/derive-cell.ts';
import type { OperatorContext } from './context.ts';
import { createAccount } from './create-account.ts';
import { createResidence } from './create-residence.ts';
import { createTerritory } from './create-territory.ts';
import { loadTowns } from './load-towns.ts';

const harness = await openHarness();
const { deps, app, db, appUrl, ownerUrl } = harness;

const contextOver = (urls: { appUrl: string; ownerUrl: string }, said: string[] = []): OperatorContext => ({
  ...deps,
  actor: null,
  now: new Date(),
  ip: '127.0.0.1',
  locale: 'fr',
  tx: null,
  hashing: app.hashing,
  store: { ...urls, appRole: 'palier_app', isEmbedded: false, isAlone: false, stop: async () => undefined },
  say: (line) => said.push(line),
});
const ctx = contextOver({ appUrl, ownerUrl });
const { id: territoryId } = await createTerritory(ctx, { name: 'Les Deux Rives' });
const gex = {
  territoryId,
  commune: '01173',
  name: 'Les Essais',
  address: '1 rue des Essais',
  lat: 46.3314,
  lon: 6.0604,
  homes: 24,
  stairs: ['A', 'B'],
};

test('a residence keeps its exact point apart, and shows one of the cells around it, the same for good', async () => {
  const { id, cell } = await createResidence(ctx, gex);
  const [row] = await db.select().from(schema.residences).where(eq(schema.residences.id, id));
  expect(row).toMatchObject({ cell, commune: '01173', homes: 24, territoryId });
  expect(JSON.stringify(row)).not.toContain('46.33');
  expect(deriveCell(deps.keys.blur, { ...gex, id })).toBe(cell);
  expect(cellDistanceM(cell as Cell, homeCell(gex, 9))).toBeLessThan(500);
  const [place] = await db.select().from(schema.residencePlaces).where(eq(schema.residencePlaces.residenceId, id));
  expect(place).toEqual({ residenceId: id, lat: 46.3314, lon: 6.0604, address: '1 rue des Essais' });
  const events = await db.select().from(schema.outbox).where(eq(schema.outbox.residenceId, id));
  expect(events).toMatchObject([{ kind: 'residence', change: 'opened', cell }]);
});

test.each([
  ['latitude and longitude exchanged', { lat: 6.0604, lon: 46.3314 }, 'over 80 km from Gex'],
  ['an arrondissement', { commune: '75101', lat: 48.86, lon: 2.34 }, 'give the code of its commune, 75056'],
  ['a commune that was merged', { commune: '01999' }, 'is not the INSEE code'],
  ['no home', { homes: 0 }, '1 to 5000'],
  ['two stairs of one name', { stairs: ['A', 'A'] }, 'same name'],
  ['a territory that is not there', { territoryId: newId() }, 'there is no territory'],
])('%s is refused in a sentence', async (_, change, sentence) => {
  await expect(createResidence(ctx, { ...gex, ...change })).rejects.toThrow(sentence);
});

test('a role is granted for a place that exists; an address that has an account keeps its password', async () => {
  const email = `${newId()}@example.test`;
  await expect(createAccount(ctx, { role: 'referent', email, name: 'Anouk' })).rejects.toThrow('--residence');
  await expect(createAccount(ctx, { role: 'coordinator', email, name: 'Anouk', territoryId: newId() })).rejects.toThrow(
    'there is no territory',
  );
  await expect(createAccount(ctx, { role: 'officer', email, name: 'Anouk', commune: '75101' })).rejects.toThrow(
    '75056',
  );
  const first = await createAccount(ctx, { role: 'coordinator', email, name: 'Anouk', territoryId });
  expect(first.password).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
  const second = await createAccount(ctx, {
    role: 'officer',
    email: email.toUpperCase(),
    name: 'Anouk',
    commune: '2a004',
  });
  expect(second).toEqual({ accountId: first.accountId, password: null });
  const grants = await db
    .select({ role: schema.roleGrants.role, commune: schema.roleGrants.commune })
    .from(schema.roleGrants)
    .where(eq(schema.roleGrants.accountId, first.accountId));
  expect(grants).toEqual(
    expect.arrayContaining([
      { role: 'coordinator', commune: null },
      { role: 'officer', commune: '2A004' },
    ]),
  );
  const events = await db
    .select({ kind: schema.outbox.kind, change: schema.outbox.change })
    .from(schema.outbox)
    .where(eq(schema.outbox.sideA, first.accountId));
  expect(events.map(({ kind, change }) => `${kind} ${change}`).sort()).toEqual([
    'audit mail.confirm',
    'rights roles',
    'rights roles',
  ]);
});

test('generated towns: as many people and posts as asked, once, and never in production', async () => {
  const urls = await freshDatabase('migrated');
  const pool = openPool({ url: urls.appUrl, max: 2, applicationName: 'test' });
  afterAll(() => pool.end());
  const said: string[] = [];
  const towns = { ...contextOver(urls, said), db: openDatabase(pool) };
  await loadTowns(towns, { towns: 1, posts: 300 });
  expect(said).toEqual(['1 of 1 towns: 20000 residents, 300 posts']);
  const { rows } = await pool.query(
    `select (select count(*)::int from posts where state = 'open') as posts, (select count(*)::int from residences where commune = '75056') as residences, (select count(distinct account_id)::int from residents) as people`,
  );
  expect(rows).toEqual([{ posts: 300, residences: 445, people: 20_000 }]);
  await expect(loadTowns(towns, { towns: 1, posts: 0 })).rejects.toThrow('already in this database');
  await expect(loadTowns(towns, { towns: 1401, posts: 0 })).rejects.toThrow('1 to 1400');
  await expect(
    loadTowns({ ...towns, env: { ...towns.env, isProduction: true } }, { towns: 1, posts: 0 }),
  ).rejects.toThrow('production');
});
