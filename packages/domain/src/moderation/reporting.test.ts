import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hidesUntilExamined, type ReportFrom, signalsOf } from './reporting.ts';

const now = Date.UTC(2026, 10, 22, 12);
const report = (reporterId: string, change: Partial<ReportFrom> = {}): ReportFrom => ({
  reporterId,
  residenceId: 'r',
  stairId: reporterId,
  floor: 1,
  joinedAt: new Date(now - 90 * 86_400_000),
  at: new Date(now),
  ...change,
});
const daysApart = (n: number) => ({ at: new Date(now + n * 86_400_000) });

test("one person's hundred reports count once", () => {
  const many = Array.from({ length: 100 }, () => report('a'));
  expect(signalsOf(many)).toMatchObject({ reporters: 1, homes: 1 });
  expect(hidesUntilExamined(signalsOf(many))).toBe(false);
});

test('three homes hide, three people of one home do not; who did not say their floor is a home', () => {
  const three = ['a', 'b', 'c'];
  expect(hidesUntilExamined(signalsOf(three.map((id) => report(id))))).toBe(true);
  expect(hidesUntilExamined(signalsOf(three.map((id) => report(id, { stairId: 's' }))))).toBe(false);
  expect(hidesUntilExamined(signalsOf(three.map((id) => report(id, { stairId: 's', floor: null }))))).toBe(true);
});

test('the same stair within an hour, or new accounts, look coordinated; spread over days they do not', () => {
  const three = ['a', 'b', 'c'];
  const signals = (change: (n: number) => Partial<ReportFrom>) =>
    signalsOf(three.map((id, n) => report(id, change(n))));
  expect(signals(() => ({ stairId: 's' })).isCoordinated).toBe(true);
  expect(signals((n) => ({ stairId: 's', ...daysApart(n) })).isCoordinated).toBe(false);
  expect(signals(() => ({})).isCoordinated).toBe(false);
  expect(signals(() => ({ joinedAt: new Date(now - 86_400_000) }))).toMatchObject({
    newAccounts: 3,
    isCoordinated: true,
  });
});

test('no count is above the number of people who reported', () => {
  const someone = fc.record({
    reporterId: fc.constantFrom('a', 'b', 'c', 'd'),
    residenceId: fc.constant('r'),
    stairId: fc.option(fc.constantFrom('s', 't')),
    floor: fc.option(fc.integer({ min: 0, max: 2 })),
    joinedAt: fc.constant(new Date(now)),
    at: fc.date({ min: new Date(now), max: new Date(now + 7 * 86_400_000), noInvalidDate: true }),
  });
  fc.assert(
    fc.property(fc.array(someone), (all) => {
      const { reporters, ...others } = signalsOf(all);
      for (const count of Object.values(others)) expect(Number(count)).toBeLessThanOrEqual(Math.max(reporters, 1));
      expect(reporters).toBe(new Set(all.map(({ reporterId }) => reporterId)).size);
    }),
  );
});
