import { schema } from '@palier/db';
import { SideBySide, YearView } from '@palier/domain/insights';
import { and, eq, inArray } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { mintTown } from '../../test/town.ts';
import type { Context } from '../context.ts';
import { newId } from '../ids.ts';
import { buildReleases } from './build-releases.ts';

const now = new Date('2026-11-10T09:00:00Z');
const h = await openHarness({}, { clock: () => now }, undefined, true);
const ctx: Context<null> = { ...h.deps, actor: null, now, ip: '', locale: 'fr', tx: null };
const first = await mintTown(h, { commune: '01004', people: 40, months: 2, until: now });
const second = await mintTown(h, { commune: '01005', people: 10, months: 2, until: now });
const third = await mintTown(h, { commune: '01006', people: 20, months: 2, until: now });
const communes = [first.commune, second.commune, third.commune];
await buildReleases(ctx, { communes });
const officer = await h.mintAccount('Intercommunalité');
await h.db
  .insert(schema.roleGrants)
  .values(
    [first, second].map(({ commune }) => ({ id: newId(), accountId: officer.id, role: 'officer' as const, commune })),
  );
const coordinator = await h.mintAccount('Bailleur');
const [home] = await h.db.select().from(schema.residences).where(eq(schema.residences.commune, third.commune));
await h.db
  .insert(schema.roleGrants)
  .values({ id: newId(), accountId: coordinator.id, role: 'coordinator', territoryId: home?.territoryId ?? '' });

const read = async (as: { cookie: string }, query = ''): Promise<SideBySide> =>
  SideBySide.parse((await h.call('GET', `/me/insights${query}`, { as })).body);

test('an officer of several communes reads them side by side, the hidden said hidden, each look logged', async () => {
  const { period, items, periods } = await read(officer);
  expect([period, periods[0], items.map(({ commune }) => commune)]).toEqual(['2026-10', '2026-10', ['01004', '01005']]);
  const active = items.map(({ figures }) => figures.find(({ id }) => id === 'active')?.figure);
  expect(active).toEqual([
    { value: 40, suppressed: false, unit: 'people' },
    { value: null, suppressed: true, unit: 'people' },
  ]);
  const looks = await h.db
    .select({ commune: schema.audit.commune, reason: schema.audit.reason })
    .from(schema.audit)
    .where(and(eq(schema.audit.actorId, officer.id), inArray(schema.audit.commune, communes)));
  expect(looks.map(({ commune, reason }) => `${commune} ${reason}`).sort()).toEqual(['01004 2026-10', '01005 2026-10']);
});

test('a coordinator reads the communes of their residences, and nobody reads below the commune', async () => {
  const { items } = await read(coordinator);
  expect(items.map(({ commune }) => commune)).toContain(third.commune);
  const elsewhere = await h.mintAccount('Bailleur d’à côté');
  const [territory] = await h.db
    .insert(schema.territories)
    .values({ id: newId(), name: 'À côté' })
    .returning({ id: schema.territories.id });
  await h.db
    .insert(schema.roleGrants)
    .values({ id: newId(), accountId: elsewhere.id, role: 'coordinator', territoryId: territory?.id ?? '' });
  expect(await read(elsewhere)).toMatchObject({ items: [], periods: [], period: null });
  expect((await h.call('GET', `/communes/${third.commune}/insights`, { as: coordinator })).status).toBe(403);
  expect(JSON.stringify(items)).not.toMatch(/categories|quarters|"q1"/);
  expect((await h.call('GET', '/me/insights?period=2026-W41', { as: officer })).status).toBe(400);
  expect((await h.call('GET', '/me/insights?quarter=q1', { as: officer })).status).toBe(400);
});

test('a month that was not released tells nothing, and a resident or a stranger has no side by side', async () => {
  expect((await read(officer, '?period=2024-01')).items.map(({ release, figures }) => [release, figures])).toEqual([
    [null, []],
    [null, []],
  ]);
  expect((await h.call('GET', '/me/insights', { as: await h.mintResident() })).status).toBe(403);
  expect((await h.call('GET', '/me/insights')).status).toBe(401);
});

test('the file of a year adds what was published and nothing else, with its campaigns', async () => {
  await h.db.insert(schema.campaigns).values({
    ...{ id: newId(), kit: 'heatwave', commune: first.commune, territoryId: null },
    ...{ firstDay: '2026-07-01', lastDay: '2026-07-10', openedAt: new Date('2026-06-30T10:00:00Z') },
  });
  const asOfficer = { as: officer } as const;
  const notice = { purpose: 'works', title: 'Rue barrée', text: 'La rue de la Poste est barrée lundi matin.' };
  const number = { label: 'Mairie', number: '04 50 42 63 00' };
  const place = { name: 'Médiathèque', kind: 'library', where: 'Place du marché', hours: 'De 9 h à 18 h' };
  const path = `/communes/${first.commune}`;
  expect([
    (await h.call('POST', `${path}/messages`, { ...asOfficer, body: notice })).status,
    (await h.call('POST', `${path}/useful-numbers`, { ...asOfficer, body: number })).status,
    (await h.call('POST', `${path}/cool-places`, { ...asOfficer, body: place })).status,
  ]).toEqual([201, 201, 201]);
  const { status, body } = await h.call('GET', `${path}/year?year=2026`, asOfficer);
  expect(body.gestures.on).toBe(now.toISOString().slice(0, 10));
  expect(body.gestures).toMatchObject({
    messages: [{ purpose: 'works', quarter: null, title: 'Rue barrée' }],
    numbers: ['Mairie'],
    coolPlaces: ['Médiathèque'],
  });
  expect((await h.call('GET', `${path}/year?year=2025`, asOfficer)).body.gestures.messages).toEqual([]);
  expect(status).toBe(200);
  const view = YearView.parse(body);
  expect(view.months.map(({ period }) => period)).toEqual(['2026-09', '2026-10']);
  const favours = view.months.flatMap(
    ({ indicators }) => indicators.find(({ id }) => id === 'favours')?.figure.value ?? [],
  );
  const total = view.totals.find(({ id }) => id === 'favours');
  expect(total?.figure.value).toBe(favours.reduce((sum, one) => sum + one, 0));
  expect(view.campaigns.map(({ firstDay }) => firstDay)).toEqual(['2026-07-01']);
  expect((await h.call('GET', `/communes/${third.commune}/year?year=2026`, { as: officer })).status).toBe(404);
  expect((await h.call('GET', `/communes/${first.commune}/year?year=26`, { as: officer })).status).toBe(400);
});
