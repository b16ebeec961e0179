import { schema } from '@palier/db';
import { InsightsView } from '@palier/domain/insights';
import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { mintTown } from '../../test/town.ts';
import type { Context } from '../context.ts';
import { newId } from '../ids.ts';
import { buildReleases } from './build-releases.ts';

const now = new Date('2026-11-10T09:00:00Z');
const h = await openHarness({}, { clock: () => now }, undefined, true);
const ctx: Context<null> = { ...h.deps, actor: null, now, ip: '', locale: 'fr', tx: null };
const town = await mintTown(h, { commune: '01247', people: 40, months: 2, until: now });
const taken = { slug: 'heatwave', paper: 'kit', locale: 'fr', commune: town.commune } as const;
await h.db.insert(schema.kitDownloads).values([
  { ...taken, day: '2026-10-01', count: 3 },
  { ...taken, day: '2026-10-31', count: 4 },
  { ...taken, day: '2026-11-02', count: 5 },
]);
await buildReleases(ctx, { communes: [town.commune] });

const path = `/communes/${town.commune}`;
const look = async (period = '2026-10'): Promise<InsightsView> =>
  InsightsView.parse((await h.call('GET', `${path}/insights?period=${period}`, { as: town.officer })).body);
const set = (what: 'hourly' | 'public', body: object, as: { cookie: string } = town.officer) =>
  h.call('POST', `${path}/${what}`, { as, body });
const find = (view: InsightsView, id: string) => view.indicators.find((one) => one.id === id);
const acts = (action: string) =>
  h.db
    .select()
    .from(schema.audit)
    .where(and(eq(schema.audit.action, action), eq(schema.audit.commune, town.commune)));

test('papers of kits taken for the commune are counted in their month, and on the board as they come', async () => {
  expect(find(await look(), 'downloads')?.figure).toEqual({ value: 7, suppressed: false, unit: 'downloads' });
  expect(find(await look('now'), 'downloads')?.figure.value).toBe(5);
});

test('hours have no euros until the officer sets an amount with its source; then a range, and the setting is logged', async () => {
  expect([find(await look(), 'worth'), (await look()).hourly]).toEqual([undefined, null]);
  const hourly = { cents: 1_202, source: 'SMIC horaire brut, un décret d’essai' };
  expect((await set('hourly', { hourly })).status).toBe(204);
  const [hours, worth] = [find(await look(), 'hours'), find(await look(), 'worth')];
  const euros = ((hours?.figure.value ?? 0) / 60) * 12.02;
  expect(worth?.figure.unit).toBe('euros');
  expect([(worth?.figure.value ?? 0) < euros, (worth?.upTo?.value ?? 0) > euros]).toEqual([true, true]);
  expect(worth?.source).toMatch(/12,02.*SMIC horaire brut, un décret d’essai/);
  expect((await acts('town.hourly')).map(({ reason, actorId }) => [reason, actorId])).toEqual([
    ['1202', town.officer.id],
  ]);
  const csv = await h.call('GET', `${path}/insights.csv?period=2026-10`, { as: town.officer });
  expect(csv.text.split('\r\n').filter((line) => line.includes('"worth"'))).toHaveLength(2);
  expect((await set('hourly', { hourly: null })).status).toBe(204);
  expect(find(await look(), 'worth')).toBeUndefined();
});

test('an amount without a source, a stranger and an officer of elsewhere change nothing', async () => {
  expect((await set('hourly', { hourly: { cents: 1_202 } })).status).toBe(400);
  expect((await set('hourly', { hourly: { cents: 1_202, source: '' } })).status).toBe(400);
  const elsewhere = await h.mintAccount('Mairie');
  await h.db
    .insert(schema.roleGrants)
    .values({ id: newId(), accountId: elsewhere.id, role: 'officer', commune: '01999' });
  for (const what of ['hourly', 'public'] as const) {
    const body = what === 'hourly' ? { hourly: null } : { isPublic: true };
    expect((await set(what, body, elsewhere)).body.code).toBe('resource.absent');
    expect((await set(what, body, await h.mintResident())).body.code).toBe('role.required');
  }
  expect((await look()).isPublic).toBe(false);
});

test('a source is text wherever it is shown: no markup, no formula, no second line; and the paper for the council stays two pages', async () => {
  const source = `=HYPERLINK("http://x.test") <script>alert(1)</script> ${'é'.repeat(140)}`;
  for (const wrong of ['a\u0000b décret', 'x'.repeat(201)])
    expect((await set('hourly', { hourly: { cents: 1_202, source: wrong } })).status).toBe(400);
  expect((await set('hourly', { hourly: { cents: 1_202, source } })).status).toBe(204);
  const take = (what: string) => h.call('GET', `${path}/insights${what}?period=2026-10`, { as: town.officer });
  expect([(await take('')).body.hourly.source, (await take('')).headers['content-type']]).toEqual([
    source,
    'application/json; charset=utf-8',
  ]);
  expect((await take('.csv')).text).not.toMatch(/HYPERLINK|(?:^|;)"?[=+\-@]/m);
  expect((await take('.pdf')).text.match(/\/Type \/Page\b/g)).toHaveLength(2);
  await set('hourly', { hourly: null });
});

test('an officer whose session did not show the second factor they have reads nothing and sets nothing', async () => {
  const { secondFactors } = schema;
  const officer = await h.mintAccount('Mairie');
  const grant = { id: newId(), accountId: officer.id, role: 'officer', commune: town.commune } as const;
  await h.db.insert(schema.roleGrants).values(grant);
  await h.db
    .insert(secondFactors)
    .values({ accountId: officer.id, sealedSecret: 'scellé', createdAt: now, confirmedAt: now });
  const asked = ['insights', 'insights.csv', 'insights.pdf?period=2026-10', 'year?year=2026'].map(
    (one) => `${path}/${one}`,
  );
  for (const one of [...asked, '/me/insights'])
    expect((await h.call('GET', one, { as: officer })).body.code).toBe('factor.required');
  expect((await set('public', { isPublic: true }, officer)).body.code).toBe('factor.required');
  expect((await set('hourly', { hourly: null }, officer)).body.code).toBe('factor.required');
  expect(await acts('town.public')).toEqual([]);
});

test('a period is one week, one month or now, said once', async () => {
  const ask = async (query: string) => (await h.call('GET', `${path}/insights${query}`, { as: town.officer })).status;
  const wrong = ['2026-10,2026-09', '2026-10%00', '%202026-10', '2026-W53x', '0026-10', '2026-10-01', 'NOW', ''];
  for (const one of [...wrong, '2026-10&period=2026-09', 'now&period[]=2026-10'])
    expect([one, await ask(`?period=${one}`)]).toEqual([one, 400]);
  expect([await ask(''), await ask('?period=9999-12'), await ask('?period=2026-10')]).toEqual([200, 404, 200]);
});

test('twenty settings at once leave one of them', async () => {
  const sources = Array.from({ length: 20 }, (_, n) => `Délibération numéro ${n}`);
  const answers = await Promise.all(sources.map((source) => set('hourly', { hourly: { cents: 1_500, source } })));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
  expect(sources).toContain((await look()).hourly?.source);
});
