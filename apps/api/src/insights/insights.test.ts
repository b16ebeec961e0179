import { schema } from '@palier/db';
import { InsightsView, Release } from '@palier/domain/insights';
import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { mintTown } from '../../test/town.ts';
import type { Context } from '../context.ts';
import { auditReleases } from './audit-releases.ts';
import { buildReleases } from './build-releases.ts';
import { importOutlines } from './import-outlines.ts';
import { refreshBoards } from './refresh-boards.ts';

const now = new Date('2026-11-10T09:00:00Z');
const h = await openHarness({}, { clock: () => now }, undefined, true);
const ctx: Context<null> = { ...h.deps, actor: null, now, ip: '', locale: 'fr', tx: null };
const town = await mintTown(h, { commune: '01143', people: 40, months: 4, until: now });
await buildReleases(ctx, { communes: [town.commune] });
await refreshBoards(ctx);
const ask = (period: string, as = town.officer, commune = town.commune) =>
  h.call('GET', `/communes/${commune}/insights?period=${period}`, { as });

test('an officer reads a month in words and figures, and the look is logged', async () => {
  const looks = () =>
    h.db
      .select()
      .from(schema.audit)
      .where(and(eq(schema.audit.action, 'insights.read'), eq(schema.audit.actorId, town.officer.id)));
  const before = (await looks()).length;
  const { status, body } = await ask('2026-10');
  expect(status).toBe(200);
  const view = InsightsView.parse(body);
  expect([view.period, view.release, view.name]).toEqual(['2026-10', 1, 'Divonne-les-Bains']);
  const active = view.indicators.find(({ id }) => id === 'active');
  expect(active?.figure).toEqual({ value: 40, suppressed: false, unit: 'people' });
  expect(active?.definition).toMatch(/demandé, proposé/);
  expect(view.trend.map(({ period }) => period)).toEqual(['2026-07', '2026-08', '2026-09', '2026-10']);
  const after = await looks();
  expect([after.length - before, after.at(-1)?.commune, after.at(-1)?.reason]).toEqual([1, '01143', '2026-10']);
});

test('what is below eleven people is hidden and never zero', async () => {
  const small = await mintTown(h, { commune: '01071', people: 10, months: 2, until: now });
  await buildReleases(ctx, { communes: [small.commune] });
  const { body } = await ask('2026-10', small.officer, small.commune);
  const figures = InsightsView.parse(body).indicators.filter(
    ({ id }) => !['residences', 'downloads', 'campaigns'].includes(id),
  );
  expect(new Set(figures.map(({ figure }) => JSON.stringify([figure.value, figure.suppressed])))).toEqual(
    new Set(['[null,true]']),
  );
});

test('the board shows people by five, from fifteen, and what is not personal', async () => {
  const view = InsightsView.parse((await ask('now')).body);
  expect([view.period, view.release, view.indicators.map(({ id }) => id)]).toEqual([
    'now',
    null,
    ['active', 'coverage', 'campaigns', 'downloads', 'residences'],
  ]);
  const [people, coverage, , , residences] = view.indicators;
  expect((people?.figure.value ?? 0) % 5).toBe(0);
  expect(people?.figure.value).toBeGreaterThanOrEqual(15);
  expect(coverage?.figure).toEqual({ value: null, suppressed: true, unit: 'percent' });
  expect(residences?.figure).toEqual({ value: 2, suppressed: false, unit: 'residences' });
});

test('a stranger, an officer of elsewhere and whoever asks for another range learn nothing', async () => {
  const elsewhere = await mintTown(h, { commune: '01281', people: 3, months: 1, until: now });
  expect((await ask('2026-10', elsewhere.officer)).body.code).toBe('resource.absent');
  expect((await ask('2026-10', await h.mintResident())).body.code).toBe('role.required');
  expect((await h.call('GET', `/communes/${town.commune}/insights`)).status).toBe(401);
  expect((await ask('2024-01')).status).toBe(404);
  for (const range of ['2026', '2026-10-01', '2026-W60', '2027-W53', '2026-10/2026-11', 'all', '']) {
    const { status } = await ask(encodeURIComponent(range));
    expect([range, status]).toEqual([range, 400]);
  }
  expect((await ask('2026-10&category=pets')).status).toBe(400);
});

test('the table is formula-safe and says what is hidden', async () => {
  const { status, text, headers } = await h.call('GET', `/communes/${town.commune}/insights.csv?period=2026-10`, {
    as: town.officer,
  });
  expect([status, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
  const lines = text.trim().split('\r\n');
  expect(lines.length).toBeGreaterThan(12);
  for (const line of lines) expect(line).not.toMatch(/(?:^|;)"?[=+\-@]/);
  expect(lines.find((line) => line.includes('"newcomers"'))).toMatch(/;"";"people";"oui"$/);
  expect(lines.find((line) => line.includes('"active"'))).toMatch(/;40;"people";"non"$/);
});

test('the month for the council is two pages of paper', async () => {
  const print = (period: string) =>
    h.call('GET', `/communes/${town.commune}/insights.pdf?period=${period}`, { as: town.officer });
  const { status, headers, text } = await print('2026-10');
  expect([status, headers['content-type']]).toEqual([200, 'application/pdf']);
  expect(text.match(/\/Type \/Page\b/g)).toHaveLength(2);
  expect([(await print('2026-W40')).status, (await print('now')).status, (await print('2024-01')).status]).toEqual([
    400, 400, 404,
  ]);
});

test('a release never changes, and the same rows give the same bytes', async () => {
  const rows = () => h.db.select().from(schema.releases).where(eq(schema.releases.commune, town.commune));
  const before = await rows();
  await buildReleases(ctx, { communes: [town.commune] });
  expect(await rows()).toEqual(before);
  expect(before.every(({ report }) => report['posts'] !== undefined && report['microseconds'] !== undefined)).toBe(
    true,
  );
  const verdict = await auditReleases(ctx, town.commune);
  expect(verdict).toMatchObject({ releases: before.length, narrow: [], changed: [], otherwise: [] });
  await expect(h.pool.query('update releases set body = $1', ['{}'])).rejects.toThrow('permission denied');
});

test('twenty builds at once release each period once', async () => {
  const busy = await mintTown(h, { commune: '01354', people: 14, months: 2, until: now });
  await Promise.all(Array.from({ length: 20 }, () => buildReleases(ctx, { communes: [busy.commune] })));
  const rows = await h.db.select().from(schema.releases).where(eq(schema.releases.commune, busy.commune));
  expect(new Set(rows.map(({ period }) => period)).size).toBe(rows.length);
  expect(rows.filter(({ period }) => !period.includes('W')).map(({ period }) => period)).toContain('2026-10');
});

test('outlines that the operator loads divide the releases to come', async () => {
  const square = [
    [
      [5.9, 45.9],
      [6.1, 45.9],
      [6.1, 46.1],
      [5.9, 46.1],
      [5.9, 45.9],
    ],
  ];
  const feature = {
    type: 'Feature',
    properties: { code: '31555' },
    geometry: { type: 'Polygon', coordinates: square },
  };
  const geojson = { type: 'FeatureCollection', features: [feature] };
  expect(await importOutlines(ctx, { geojson, source: 'un essai', licence: 'Licence Ouverte 2.0' })).toBe(1);
  const other = await mintTown(h, { commune: '31555', people: 12, months: 2, until: now });
  await buildReleases(ctx, { communes: [other.commune] });
  const rows = await h.db.select().from(schema.releases).where(eq(schema.releases.commune, '31555'));
  const october = Release.parse(JSON.parse(rows.find(({ period }) => period === '2026-10')?.body ?? ''));
  expect(october.quarters.length).toBeGreaterThan(1);
  await expect(importOutlines(ctx, { geojson: { type: 'Feature' }, source: 's', licence: 'l' })).rejects.toThrow();
});
