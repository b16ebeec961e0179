import { expect, test } from 'vitest';
import { type Figure, hidden, shown } from './figures.ts';
import type { IndicatorId } from './indicators.ts';
import type { Release } from './schemas.ts';
import { yearOf } from './year.ts';

const monthsOf = (id: IndicatorId, figures: readonly Figure[]): Release[] =>
  figures.map((figure, n) => ({
    ...{ format: 1, commune: '01173', period: `2026-0${n + 1}`, number: 1, from: '2026-01-01', to: '2026-01-31' },
    ...{ timeZone: 'Europe/Paris', quarters: [], indicators: [{ id, figure, categories: [], quarters: [] }] },
  }));

test('sums are of the months that were told, and say how many were hidden', () => {
  const months = monthsOf('favours', [shown(30, 'favours'), hidden('favours'), shown(12, 'favours')]);
  expect(yearOf('favours', months)).toEqual({ figure: shown(42, 'favours'), months: 3, hiddenMonths: 1 });
});

test('people are never added: the highest month stands for the year, and the last for who is there', () => {
  const people = [shown(40, 'people'), shown(65, 'people'), shown(50, 'people')];
  expect(yearOf('active', monthsOf('active', people))?.figure.value).toBe(65);
  expect(yearOf('neighbours', monthsOf('neighbours', people))?.figure.value).toBe(50);
});

test('a year hidden whole is hidden, and a share has no year', () => {
  expect(yearOf('hours', monthsOf('hours', [hidden('minutes')]))?.figure).toEqual(hidden('minutes'));
  expect(yearOf('answered', monthsOf('answered', [shown(80, 'percent')]))).toBeNull();
  expect(yearOf('favours', [])).toBeNull();
});
