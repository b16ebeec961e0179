import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Facts } from './facts.ts';
import { monthOf, startOfDay } from './period.ts';
import { buildRelease, releaseText } from './release.ts';
import { Release } from './schemas.ts';

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
const build = (facts: Facts, watch: Parameters<typeof buildRelease>[0]['watch'] = null): Release =>
  buildRelease({
    ...{
      commune: '01173',
      timeZone,
      period,
      number: 1,
      facts,
      quarters: [],
      residences: 3,
      downloads: 7,
      campaigns: 1,
      watch,
    },
    earlier: () => undefined,
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
    publishedOf(build(factsOf(48, 4), { due: { count, people, largest }, covered }), 'coverage');
  expect([told(44, 11, 4, 30), told(44, 11, 4, 44), told(44, 11, 4, 0)]).toEqual([70, 100, 0]);
  expect([
    told(40, 10, 4, 30),
    told(12, 12, 1, 6),
    told(100, 11, 90, 50),
    publishedOf(build(factsOf(48, 4)), 'coverage'),
  ]).toEqual([null, null, null, null]);
});
