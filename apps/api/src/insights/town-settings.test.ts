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

test('twenty settings at once leave one of them', async () => {
  const sources = Array.from({ length: 20 }, (_, n) => `Délibération numéro ${n}`);
  const answers = await Promise.all(sources.map((source) => set('hourly', { hourly: { cents: 1_500, source } })));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
  expect(sources).toContain((await look()).hourly?.source);
});
