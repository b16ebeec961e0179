import { expect, test } from 'vitest';
import { withFirst } from './first-of-month.ts';

test('the first of a month is said as people say it, in French alone', () => {
  const say = (day: number, locale: string): string => {
    const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' });
    return withFirst(format.format(new Date(Date.UTC(2026, 11, day))), locale);
  };
  expect([say(1, 'fr'), say(11, 'fr'), say(31, 'fr')]).toEqual(['1er décembre', '11 décembre', '31 décembre']);
  expect(say(1, 'en-GB')).toBe('1 December');
  expect(withFirst('décembre 2026', 'fr')).toBe('décembre 2026');
});
