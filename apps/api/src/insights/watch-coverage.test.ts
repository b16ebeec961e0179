import { schema } from '@palier/db';
import { OpenData, Release } from '@palier/domain/insights';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { mintTown } from '../../test/town.ts';
import { watched } from '../../test/watched.ts';
import type { Context } from '../context.ts';
import { newId } from '../ids.ts';
import { buildReleases } from './build-releases.ts';
import { findReleases } from './releases.queries.ts';

const now = new Date('2026-11-01T09:00:00Z');
const h = await openHarness({}, { clock: () => now }, undefined, true);
const ctx: Context<null> = { ...h.deps, actor: null, now, ip: '', locale: 'fr', tx: null };
const watch = watched(h);

/** A commune whose `people` on the watch each had two visits due in October, one of which came to an answer, and one in November. */
const townOnWatch = async (commune: string, people: number) => {
  const town = await mintTown(h, { commune, people: 12, months: 1, until: now });
  const places = await h.db.select().from(schema.residences);
  const place = places.find((one) => one.commune === commune);
  if (!place) throw new Error('no town');
  const roundId = newId();
  await watch.asHouse((tx) =>
    tx.insert(schema.watchRounds).values({
      ...{ id: roundId, territoryId: place.territoryId, department: commune.slice(0, 2), hazard: 'heat' },
      ...{ colour: 'orange', since: now, openedAt: now, closedAt: now },
    }),
  );
  for (const someone of town.residents.slice(0, people)) {
    const { personId } = await watch.plant(someone);
    const visit = (day: string, state: 'reached' | 'escalated') => ({
      ...{ id: newId(), roundId, personId, day, hour: 9, colour: 'orange' as const, state },
      dueAt: new Date(`${day}T08:00:00Z`),
      escalatesAt: now,
      offeredAt: now,
    });
    await watch.asHouse((tx) =>
      tx
        .insert(schema.watchChecks)
        .values([visit('2026-10-05', 'reached'), visit('2026-10-06', 'escalated'), visit('2026-11-01', 'reached')]),
    );
  }
  return town;
};

const eleven = await townOnWatch('01354', 11);
const ten = await townOnWatch('01313', 10);
await buildReleases(ctx, { communes: [eleven.commune, ten.commune] });
const coverageIn = async (commune: string, period: string) => {
  const [row] = await findReleases(h.db, [commune], [period]);
  return row && Release.parse(JSON.parse(row.body)).indicators.find(({ id }) => id === 'coverage')?.figure;
};

test('a month tells its coverage of the watch where eleven people had a visit due, and hides it below; no week does', async () => {
  expect(await coverageIn(eleven.commune, '2026-10')).toEqual({ value: 50, suppressed: false, unit: 'percent' });
  expect(await coverageIn(ten.commune, '2026-10')).toEqual({ value: null, suppressed: true, unit: 'percent' });
  expect(await coverageIn(eleven.commune, '2026-W41')).toBe(undefined);
});

test('the town hall sees it, and does not open it', async () => {
  const path = `/communes/${eleven.commune}`;
  const seen = await h.call('GET', `${path}/insights?period=2026-10`, { as: eleven.officer });
  expect(seen.body.indicators).toContainEqual(
    expect.objectContaining({ id: 'coverage', figure: { value: 50, suppressed: false, unit: 'percent' } }),
  );
  expect((await h.call('POST', `${path}/public`, { as: eleven.officer, body: { isPublic: true } })).status).toBe(204);
  const { rows } = OpenData.parse((await h.call('GET', `${path}/open-data`)).body);
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter(({ indicator }) => indicator === 'coverage')).toEqual([]);
});
