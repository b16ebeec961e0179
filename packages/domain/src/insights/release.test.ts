import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Facts } from './facts.ts';
import { indicators } from './indicators.ts';
import { monthOf, startOfDay, weekOf } from './period.ts';
import { buildRelease, releaseText } from './release.ts';
import { type Quarter, Release } from './schemas.ts';

const timeZone = 'Europe/Paris';
const period = monthOf(Date.UTC(2026, 9, 5) / 86_400_000);
const from = startOfDay(period.firstDay, timeZone);
const hourMs = 3_600_000;

/** A month in which each of some people asked `each` times, and a neighbour said yes to all but every fourth. */
const factsOf = (people: number, each: number): Facts => ({
  people: Array.from({ length: people }, (_, n) => ({
    ...{ id: `p${n}`, quarter: null, isOffline: false, joinedAt: from - hourMs, leftAt: null },
  })),
  posts: Array.from({ length: people * each }, (_, n) => ({
    ...{ kind: 'request', category: n % 2 ? 'errands' : 'repair', author: `p${n % people}`, quarter: null },
    ...{ at: from + (n % 600) * hourMs, firstYesAt: n % 4 ? from + ((n % 600) + 2) * hourMs : null, isCounted: true },
  })),
  favours: [],
});
type More = Partial<Pick<Parameters<typeof buildRelease>[0], 'period' | 'quarters' | 'earlier' | 'watch'>>;
const build = (facts: Facts, more: More = {}): Release =>
  buildRelease({
    ...{ commune: '01173', timeZone, period, number: 1, facts, quarters: [] },
    ...{ residences: 3, downloads: 7, campaigns: 1, watch: null, earlier: () => undefined, ...more },
  });
const publishedOf = (release: Release, id: string) => release.indicators.find((one) => one.id === id)?.figure.value;

test('a release tells people in fives, sums exactly, a share in fives and a median by the quarter of an hour', () => {
  const release = build(factsOf(48, 4));
  expect(Release.parse(release)).toEqual(release);
  expect(
    ['active', 'requests', 'answered', 'unanswered', 'first-yes', 'downloads', 'residences'].map((id) =>
      publishedOf(release, id),
    ),
  ).toEqual([50, 192, 75, 48, 120, 7, 3]);
  expect(release).toMatchObject({ period: '2026-10', from: '2026-10-01', to: '2026-10-31', number: 1 });
});

test('a hidden figure has no value, and nothing says why', () => {
  for (const { figure, categories } of build(factsOf(10, 9)).indicators) {
    if (['residences', 'downloads', 'campaigns'].includes(figure.unit)) continue;
    expect(Object.keys(figure).sort()).toEqual(['suppressed', 'unit', 'value']);
    for (const one of [figure, ...categories.map((part) => part.figure)])
      expect([one.value, one.suppressed]).toEqual([null, true]);
  }
});

test('one person more moves what is said of people by 0 or 5, or from hidden to 15', () => {
  fc.assert(
    fc.property(fc.integer({ min: 5, max: 80 }), fc.integer({ min: 1, max: 3 }), (people, each) => {
      const [before, after] = [build(factsOf(people, each)), build(factsOf(people + 1, each))];
      for (const id of ['active', 'neighbours']) {
        const [a, b] = [publishedOf(before, id) ?? null, publishedOf(after, id) ?? null];
        expect(a === null ? [null, 15] : [a, a + 5]).toContain(b);
      }
    }),
    { numRuns: 40 },
  );
});

test('the order of the rows changes no byte', () => {
  const facts = factsOf(30, 3);
  const turned = { people: facts.people.toReversed(), posts: facts.posts.toReversed(), favours: [] };
  expect(releaseText(build(turned))).toBe(releaseText(build(facts)));
});

test('coverage of the watch is told in fives where eleven people had a visit due, and nobody had most of them', () => {
  const told = (count: number, people: number, largest: number, covered: number) =>
    publishedOf(build(factsOf(48, 4), { watch: { due: { count, people, largest }, covered } }), 'coverage');
  expect([told(44, 11, 4, 30), told(44, 11, 4, 44), told(44, 11, 4, 0)]).toEqual([70, 100, 0]);
  expect([
    told(40, 10, 4, 30),
    told(12, 12, 1, 6),
    told(100, 11, 90, 50),
    publishedOf(build(factsOf(48, 4)), 'coverage'),
  ]).toEqual([null, null, null, null]);
});

/** Pairs who helped each other, an hour and a half each; a third of them without internet. */
const helped = (pairs: number): Facts => ({
  people: Array.from({ length: 2 * pairs }, (_, n) => ({
    ...{ id: `p${n}`, quarter: n % 2 ? 'q1' : 'q2', isOffline: n % 3 === 0, joinedAt: from + n, leftAt: null },
  })),
  posts: [],
  favours: Array.from({ length: pairs }, (_, n) => ({
    ...{ helper: `p${n}`, beneficiary: `p${n + pairs}`, quarter: n % 2 ? 'q1' : 'q2', acceptedAt: from + n * hourMs },
    ...{ doneAt: from + n * hourMs, minutes: 90, isHere: true },
  })),
});
const twoQuarters: Quarter[] = [
  { id: 'q1', cells: [] },
  { id: 'q2', cells: [] },
];

test('favours, hours and whoever is without internet are told of many people, by quarter, and not of few', () => {
  const release = build(helped(45), { quarters: twoQuarters });
  const figures = ['favours', 'hours', 'offline', 'active', 'newcomers', 'neighbours'];
  expect(figures.map((id) => publishedOf(release, id))).toEqual([45, 4080, 30, 90, 90, 90]);
  const quartersOf = (id: string) => release.indicators.find((one) => one.id === id)?.quarters;
  expect(quartersOf('favours')).toEqual([
    { quarter: 'q1', figure: { value: 22, suppressed: false, unit: 'favours' } },
    { quarter: 'q2', figure: { value: 23, suppressed: false, unit: 'favours' } },
  ]);
  expect(quartersOf('active')?.map(({ figure }) => figure.value)).toEqual([45, 45]);
  expect(release.quarters).toEqual(twoQuarters);
  const few = build(helped(10), { quarters: twoQuarters }); // twenty people, ten favours
  expect(figures.map((id) => publishedOf(few, id))).toEqual([null, null, null, 20, 20, 20]);
});

test('a week is told of the commune alone, without what only months have', () => {
  const week = weekOf(period.firstDay + 7);
  const release = build(helped(45), { period: week, quarters: twoQuarters });
  expect(release.indicators.map(({ id }) => id)).toEqual([
    'newcomers',
    'active',
    'requests',
    'offers',
    'favours',
    'campaigns',
    'downloads',
    'residences',
  ]);
  expect(release.indicators.flatMap(({ categories, quarters }) => [...categories, ...quarters])).toEqual([]);
  expect([release.quarters, release.period]).toEqual([[], '2026-W41']);
});

test('a month whose one week was hidden is kept back, and so is the week after one that was', () => {
  const facts = factsOf(48, 15); // an hour apart, over 25 days
  const told = (...hiddenWeeks: string[]) => ({
    earlier: (id: string): Release => {
      const figure = { value: hiddenWeeks.includes(id) ? null : 20, suppressed: hiddenWeeks.includes(id) };
      const requests = { id: 'requests' as const, figure: { ...figure, unit: 'posts' as const } };
      const offers = { id: 'offers' as const, figure: { value: 20, suppressed: false, unit: 'posts' as const } };
      const parts = { categories: [], quarters: [] };
      return {
        ...build(facts),
        period: id,
        indicators: [
          { ...requests, ...parts },
          { ...offers, ...parts },
        ],
      };
    },
  });
  expect(publishedOf(build(facts, told()), 'requests')).toBe(720);
  const kept = build(facts, told('2026-W41'));
  expect(['requests', 'answered', 'first-yes', 'unanswered'].map((id) => publishedOf(kept, id))).toEqual(
    Array.from({ length: 4 }, () => null),
  );
  expect(publishedOf(build(facts, told('2026-W41', '2026-W42')), 'requests')).toBe(720);
  const second = { period: weekOf(period.firstDay + 7) }; // 2026-W41: what was not released yet was not shown
  expect(
    [build(facts, second), build(facts, { ...second, ...told() })].map((one) => publishedOf(one, 'requests')),
  ).toEqual([null, 192]);
  const third = { period: weekOf(period.firstDay + 14) }; // 2026-W42
  expect(publishedOf(build(facts, { ...third, ...told() }), 'requests')).toBe(168);
  expect(publishedOf(build(facts, { ...third, ...told('2026-W41') }), 'requests')).toBeNull();
  expect(publishedOf(build(facts, { ...third, ...told('2026-W42', '2026-W43') }), 'requests')).toBe(168);
  expect(publishedOf(build(facts, { ...third, ...told('2026-W40', '2026-W41') }), 'requests')).toBe(168);
});

test('categories are told as they may be, with those that stayed without answer', () => {
  const { indicators } = build(factsOf(48, 4));
  const categoriesOf = (id: string) =>
    indicators
      .find((one) => one.id === id)
      ?.categories.flatMap(({ category, figure }) => (figure.value === null ? [] : [[category, figure.value]]));
  expect(categoriesOf('requests')).toEqual([['repair', 96]]); // errands hides with those nobody asked for
  expect(indicators.find(({ id }) => id === 'requests')?.categories).toHaveLength(16);
  expect(categoriesOf('offers')).toEqual([]);
});

test('twelve people are told of, twelve requests are not', () => {
  const twelve = build(helped(6));
  expect(['neighbours', 'active'].map((id) => publishedOf(twelve, id))).toEqual([15, 15]);
  const active = build(helped(12), { quarters: twoQuarters }).indicators.find(({ id }) => id === 'active');
  expect(active?.quarters.map(({ figure }) => figure.value)).toEqual([15, 15]); // of twelve each
  expect(publishedOf(build(factsOf(12, 1)), 'requests')).toBeNull();
  expect(publishedOf(build(helped(18)), 'offline')).toBe(15); // twelve of thirty-six
  expect(publishedOf(build(helped(15)), 'offline')).toBeNull();
  const turned = helped(18).people.map((one) => ({ ...one, isOffline: !one.isOffline }));
  expect(publishedOf(build({ ...helped(18), people: turned }), 'offline')).toBe(25);
});

test('favours that nobody timed are told without hours', () => {
  const untimed = { ...helped(45), favours: helped(45).favours.map((one) => ({ ...one, minutes: 0 })) };
  expect([publishedOf(build(untimed), 'favours'), publishedOf(build(untimed), 'hours')]).toEqual([45, null]);
});

test('answers are told by category, or not at all where they are too few', () => {
  const asked = (category: 'pets' | 'garden' | 'sewing', many: number, isAnswered: (n: number) => boolean) =>
    Array.from({ length: many }, (_, n) => ({
      ...{ kind: 'request' as const, category, author: `p${n}`, quarter: null, at: from + n * hourMs, isCounted: true },
      firstYesAt: isAnswered(n) ? from + (n + 1) * hourMs : null,
    }));
  const half = (n: number) => n % 2 === 0;
  const posts = [...asked('pets', 40, half), ...asked('garden', 50, half), ...asked('sewing', 60, half)];
  const unanswered = build({ people: [], posts, favours: [] }).indicators.find(({ id }) => id === 'unanswered');
  expect(unanswered?.figure.value).toBe(75);
  expect(
    unanswered?.categories.flatMap(({ category, figure }) => (figure.value ? [[category, figure.value]] : [])),
  ).toEqual([
    ['garden', 25],
    ['sewing', 30],
  ]); // those of pets hide with the categories that nobody asked for
  const told = (isAnswered: (n: number) => boolean) =>
    publishedOf(build({ people: [], posts: asked('sewing', 60, isAnswered), favours: [] }), 'answered');
  expect([told(half), told((n) => n < 5), told((n) => n >= 5)]).toEqual([50, null, null]);
});

test('a figure has the unit of its indicator, hidden or not, and only posts have categories', () => {
  for (const { indicators: told } of [build(factsOf(48, 4)), build(helped(45)), build(factsOf(2, 1))])
    for (const { id, figure, categories } of told) {
      expect([id, figure.unit]).toEqual([id, indicators[id].unit]);
      expect([id, categories.length]).toEqual([id, indicators[id].byCategory ? 16 : 0]);
    }
});
