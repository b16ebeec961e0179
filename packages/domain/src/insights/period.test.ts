import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closedPeriods, dayAt, dayInDigits, monthOf, periodOf, spanOf, weekOf, yearBefore } from './period.ts';

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

test('weeks are those of ISO 8601, across the turn of years', () => {
  expect(weekOf(day('2026-11-12')).id).toBe('2026-W46');
  expect(weekOf(day('2027-01-01')).id).toBe('2026-W53');
  expect(weekOf(day('2024-12-30')).id).toBe('2025-W01');
});

test('a name and its period tell each other, and what is no period is none', () => {
  fc.assert(
    fc.property(fc.integer({ min: day('2000-01-01'), max: day('2060-01-01') }), (some) => {
      for (const period of [weekOf(some), monthOf(some)]) {
        expect(periodOf(period.id)).toEqual(period);
        expect(some >= period.firstDay && some <= period.lastDay).toBe(true);
      }
    }),
  );
  for (const id of ['2027-W53', '2026-13', '2026-00', '2026', 'now', '2026-W00', '2026-1', '0026-10', '0000-W01'])
    expect(periodOf(id)).toBe(null);
});

test('days are the commune’s own: 23, 24 or 25 hours', () => {
  const hours = (zone: string, text: string): number => {
    const { from, to } = spanOf({ firstDay: day(text), lastDay: day(text) }, zone);
    return (to - from) / 3_600_000;
  };
  expect([
    hours('Europe/Paris', '2026-03-29'),
    hours('Europe/Paris', '2026-10-25'),
    hours('Indian/Reunion', '2026-03-29'),
  ]).toEqual([23, 25, 24]);
  expect(dayInDigits(dayAt(new Date('2026-10-31T23:30:00Z'), 'Europe/Paris'))).toBe('2026-11-01');
});

test('closed periods come in the order of their ends, a week before the month that ends with it, none that still runs', () => {
  const ids = closedPeriods(day('2026-05-01'), day('2026-07-01')).map(({ id }) => id);
  expect(ids.slice(0, 2)).toEqual(['2026-W18', '2026-W19']);
  expect(ids.slice(-2)).toEqual(['2026-W26', '2026-06']);
  expect(ids.indexOf('2026-W22')).toBe(ids.indexOf('2026-05') - 1);
});

test('a year before is the same month, or the week of the same number', () => {
  expect([yearBefore({ id: '2026-11' }), yearBefore({ id: '2026-W46' })]).toEqual(['2025-11', '2025-W46']);
});
