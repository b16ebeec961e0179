import { schema } from '@palier/db';
import { Release } from '@palier/domain/insights';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { mintTown } from '../../test/town.ts';
import type { Context } from '../context.ts';
import { auditReleases } from './audit-releases.ts';
import { buildReleases } from './build-releases.ts';
import { correctRelease } from './correct-release.ts';

const now = new Date('2026-11-10T09:00:00Z');
const h = await openHarness({}, { clock: () => now }, undefined, true);
const ctx: Context<null> = { ...h.deps, actor: null, now, ip: '', locale: 'fr', tx: null };
const town = await mintTown(h, { commune: '01399', people: 40, months: 2, until: now });
await buildReleases(ctx, { communes: [town.commune] });
const rows = () => h.db.select().from(schema.releases).where(eq(schema.releases.commune, town.commune));
const correct = (period = '2026-10') => correctRelease(ctx, { insee: town.commune, period, reason: 'un essai' });

test('what gives the same figures, or was never released, is not corrected', async () => {
  expect([await correct(), await correct('2024-01'), await correct('2026-11')]).toEqual([null, null, null]);
});

test('a correction is the next number beside the one before, told to officers, logged, and audited with it', async () => {
  const before = await rows();
  const { posts } = schema;
  await h.db
    .update(posts)
    .set({ state: 'removed' })
    .where(
      and(
        eq(posts.commune, town.commune),
        eq(posts.kind, 'request'),
        sql`${posts.createdAt} between '2026-10-05' and '2026-10-20'`,
      ),
    );
  expect(await correct()).toBe(2);
  const after = await rows();
  expect(after.filter(({ number }) => number === 1)).toEqual(before);
  expect(after.filter(({ number }) => number === 2).map(({ period }) => period)).toEqual(['2026-10']);
  const { body } = await h.call('GET', `/communes/${town.commune}/insights?period=2026-10`, { as: town.officer });
  expect(body.release).toBe(2);
  const [act] = await h.db.select().from(schema.audit).where(eq(schema.audit.action, 'releases.correct'));
  expect([act?.actorRole, act?.commune, act?.reason]).toEqual(['operator', town.commune, '2026-10 2']);
  const told = await h.db
    .select({ change: schema.outbox.change })
    .from(schema.outbox)
    .where(and(eq(schema.outbox.kind, 'insights'), eq(schema.outbox.auditId, act?.id ?? '')));
  expect(told).toEqual([{ change: '2026-10' }]);
  const verdict = await auditReleases(ctx, town.commune);
  expect([verdict.releases, verdict.narrow, verdict.changed]).toEqual([after.length, [], []]);
  expect(await correct()).toBeNull();
});

test('twenty corrections at once make one number', async () => {
  const { posts } = schema;
  await h.db
    .update(posts)
    .set({ state: 'removed' })
    .where(and(eq(posts.commune, town.commune), sql`${posts.createdAt} between '2026-09-05' and '2026-09-20'`));
  const numbers = await Promise.all(Array.from({ length: 20 }, () => correct('2026-09')));
  expect(numbers.filter((one) => one !== null)).toEqual([2]);
});

test('correcting a late week reads its whole month: the weeks hidden in it before, which keep each other, count', async () => {
  const { posts, releases } = schema;
  const late = await mintTown(h, { commune: '01400', people: 40, months: 1, until: now });
  const remove = (people: typeof late.residents, from: string, to: string) =>
    h.db
      .update(posts)
      .set({ state: 'removed' })
      .where(
        and(
          inArray(
            posts.authorId,
            people.map(({ id }) => id),
          ),
          sql`${posts.createdAt} between ${from} and ${to}`,
        ),
      );
  await remove(late.residents.slice(10), '2026-10-05', '2026-10-19');
  await buildReleases(ctx, { communes: [late.commune] });
  const requests = async (period: string): Promise<(number | null | undefined)[]> => {
    const told = await h.db
      .select()
      .from(releases)
      .where(and(eq(releases.commune, late.commune), eq(releases.period, period)));
    return told
      .toSorted((a, b) => a.number - b.number)
      .map(({ body }) => Release.parse(JSON.parse(body)).indicators.find(({ id }) => id === 'requests')?.figure.value);
  };
  expect([await requests('2026-W41'), await requests('2026-W42'), await requests('2026-W43')]).toEqual([
    [null],
    [null],
    [30],
  ]);
  await remove(
    late.residents.filter((_, n) => n >= 16 && n % 3 !== 0 && n % 4 !== 0),
    '2026-10-19',
    '2026-10-26',
  );
  expect(await correctRelease(ctx, { insee: late.commune, period: '2026-W43', reason: 'un essai' })).toBe(2);
  expect(await requests('2026-W43')).toEqual([30, 18]);
});
