import { attackOf, Release } from '@palier/domain/insights';
import { expect, test } from 'vitest';
import { boardsOf, populationOf, releasesOf } from '../../test/aggregate-population.ts';
import { narrow } from './solver.ts';

const populations = process.env.NIGHTLY === '1' ? 300 : 2;
const firstSeed = 11;
/** Room for the solver's own arithmetic. */
const epsilon = 1e-6;

test('nothing published of random communes over twelve months holds a hidden cell within ten, even to whoever knows three of its people', {
  timeout: 900_000,
}, async () => {
  let hiddenCells = 0;
  let published = 0;
  for (let seed = firstSeed; seed < firstSeed + populations; seed++) {
    const population = populationOf(seed);
    const releases = releasesOf(population);
    const intervals = await narrow(attackOf(releases, boardsOf(population, releases))).catch((error: Error) => {
      throw new Error(`population ${seed}: ${error.message}`);
    });
    const held = intervals.filter(({ from, to }) => to - Math.max(from, 3) < 10 - epsilon);
    expect([seed, held]).toEqual([seed, []]);
    hiddenCells += intervals.length;
    published += releases.flatMap(({ indicators }) => indicators).filter(({ figure }) => !figure.suppressed).length;
  }
  expect([hiddenCells > 1_000 * populations, published > 50 * populations]).toEqual([true, true]);
});

/** A release of requests alone, as an attacker reads it. */
const month = (total: number | null, categories: readonly (readonly [string, number | null])[]) => {
  const figure = (value: number | null) => ({ value, suppressed: value === null, unit: 'posts' });
  return Release.parse({
    ...{ format: 1, commune: '01173', period: '2026-10', number: 1, from: '2026-10-01', to: '2026-10-31' },
    ...{ timeZone: 'Europe/Paris', quarters: [] },
    indicators: [
      {
        ...{ id: 'offers', figure: figure(total), quarters: [] },
        categories: categories.map(([category, value]) => ({ category, figure: figure(value) })),
      },
    ],
  });
};
const week = (period: string, value: number | null): Release => {
  const one = month(value, []);
  return { ...one, period };
};
const intervalOf = async (releases: readonly Release[], cell: string) =>
  (await narrow(attackOf(releases))).find((found) => found.cell === cell);

test('the auditor gives back a part that stands alone hidden under its total', async () => {
  const careless = [
    month(40, [
      ['errands', 30],
      ['pets', null],
    ]),
  ];
  expect(await intervalOf(careless, 'offers 2026-10 pets')).toEqual({ cell: 'offers 2026-10 pets', from: 10, to: 10 });
  const careful = [
    month(40, [
      ['errands', null],
      ['pets', null],
    ]),
  ];
  expect(await intervalOf(careful, 'offers 2026-10 pets')).toEqual({ cell: 'offers 2026-10 pets', from: 0, to: 40 });
});

test('the auditor gives back a week that stands alone hidden in a published month', async () => {
  // June 2026 begins on a Monday; its last two days belong to week 27.
  const june = { ...month(70, []), period: '2026-06' };
  const weeks = [week('2026-W23', 20), week('2026-W24', null), week('2026-W25', 15), week('2026-W26', 20)];
  const { from = 0, to = 0 } = (await intervalOf([june, ...weeks, week('2026-W27', 13)], 'offers 2026-W24')) ?? {};
  expect([from, to]).toEqual([2, 15]);
});

test('figures that contradict each other are named as such', async () => {
  await expect(
    narrow(
      attackOf([
        month(10, [
          ['errands', 30],
          ['pets', null],
        ]),
      ]),
    ),
  ).rejects.toThrow('contradicts');
});
