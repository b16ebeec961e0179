import { attackOf, Figure, InsightsView, Release } from '@palier/domain/insights';
import { expect, test } from 'vitest';
import { keysOf } from '../../test/guards/answers.ts';
import { openHarness } from '../../test/harness.ts';
import { mintTown } from '../../test/town.ts';
import type { Context } from '../context.ts';
import { buildReleases } from './build-releases.ts';
import { refreshBoards } from './refresh-boards.ts';
import { listReleases } from './releases.queries.ts';
import { narrow } from './solver.ts';

const now = new Date('2026-11-10T09:00:00Z');
const h = await openHarness({}, { clock: () => now }, undefined, true);
const ctx: Context<null> = { ...h.deps, actor: null, now, ip: '', locale: 'fr', tx: null };
const town = await mintTown(h, { commune: '01160', people: 18, months: 6, until: now });
await buildReleases(ctx, { communes: [town.commune] });
await refreshBoards(ctx);

const personal =
  /displayName|email|title|details|\blat\b|\blon\b|residentId|authorId|address|door|phone|floor|stair|name\[/i;

/** The figures of a table, in its order: the number or nothing, and whether it is said hidden. */
const figuresOfCsv = (text: string): [number | null, boolean][] =>
  text
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(';'))
    .map((cells) => [cells[7] === '""' ? null : Number(cells[7]), cells[9] === '"oui"']);

/** Every figure anywhere in a body. */
const figuresIn = (body: unknown): Figure[] => {
  if (typeof body !== 'object' || body === null) return [];
  const own = Figure.safeParse(body);
  return own.success ? [own.data] : Object.values(body).flatMap(figuresIn);
};

test('four hundred questions of an officer tell what was published, no key of a person, and isolate nobody', {
  timeout: 120_000,
}, async () => {
  const months = ['2026-10', '2026-09', '2026-08', '2026-07', '2026-06', '2026-05', 'now', '2025-10'];
  const weeks = Array.from({ length: 26 }, (_, n) => `2026-W${n + 20}`);
  const tricks = ['&quarter=q1', '&category=pets', '&from=2026-10-01&to=2026-10-02', '&residence=x', '&limit=1'];
  const plain = ['insights', 'insights.csv', 'insights'].map((format) => [format, ''] as const);
  const tricky = ['insights', 'insights.csv'].flatMap((format) => tricks.map((trick) => [format, trick] as const));
  const periods = [...months, ...weeks];
  const answers = new Map<string, string>();
  const tables = new Map<string, string>();
  let asked = 0;
  for (const [format, trick] of [...plain, ...tricky])
    for (const period of periods) {
      if (asked === 400) break;
      asked += 1;
      const answer = await h.call('GET', `/communes/${town.commune}/${format}?period=${period}${trick}`, {
        as: town.officer,
      });
      const allowed = trick === '' ? [200, 404] : [400];
      expect([trick, period, allowed.includes(answer.status)]).toEqual([trick, period, true]);
      if (answer.status !== 200) continue;
      if (format.endsWith('csv')) {
        tables.set(period, answer.text);
        continue;
      }
      expect(keysOf(answer.body).filter((key) => personal.test(key))).toEqual([]);
      for (const { value, suppressed, unit } of figuresIn(answer.body)) {
        expect(suppressed).toBe(value === null);
        if (unit === 'people' && value !== null) expect([value >= 15, value % 5]).toEqual([true, 0]);
      }
      const view = InsightsView.parse(answer.body);
      const again = JSON.stringify(view.indicators.map(({ id, figure, categories }) => [id, figure, categories]));
      const table = tables.get(period);
      if (table !== undefined) {
        const figures = view.indicators.flatMap(({ figure, categories, quarters }) => [
          figure,
          ...[...categories, ...quarters].map((part) => part.figure),
        ]);
        expect(figuresOfCsv(table)).toEqual(figures.map(({ value, suppressed }) => [value, suppressed]));
        expect(answers.get(period)).toBe(again);
      }
      answers.set(period, again);
    }
  expect([asked, answers.size > 20, tables.size === answers.size]).toEqual([400, true, true]);
  const said = [...answers.values(), ...tables.values()].join('');
  for (const { displayName } of town.residents) expect(said).not.toContain(displayName);
  const releases = (await listReleases(h.db, town.commune)).map(({ body }) => Release.parse(JSON.parse(body)));
  const held = (await narrow(attackOf(releases))).filter(({ from, to }) => to - from < 10 - 1e-6);
  expect(held).toEqual([]);
});
