import { isSensitive } from '@palier/domain/posts';
import { describe, expect, test } from 'vitest';
import { historyOf } from './history.ts';
import { historyTemplates } from './history-templates.ts';
import { demoResidents } from './people.ts';
import { mulberry32 } from './random.ts';

describe('the twelve months behind the demo', () => {
  const records = historyOf(1, 10);

  test('the same seed and month give the same records, another seed others', () => {
    expect(historyOf(1, 10)).toEqual(records);
    expect(historyOf(2, 10)).not.toEqual(records);
  });

  test('the generator gives the numbers of mulberry32, in [0, 1)', () => {
    const random = mulberry32(1);
    const drawn = Array.from({ length: 1000 }, random);
    expect(drawn[0]).toBeCloseTo(0.627_073_940_588_161_3, 12);
    expect(drawn.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(drawn.reduce((sum, value) => sum + value, 0) / 1000).toBeCloseTo(0.5, 1);
  });

  test.each([1, 4, 7, 10])(
    'whatever the month of the first start (%i), some 1,500 posts grow over twelve months',
    (month) => {
      const drawn = historyOf(7, month);
      const inMonth = (ago: number) => drawn.filter((one) => one.monthsAgo === ago).length;
      expect(drawn.length).toBeGreaterThan(1000);
      expect(drawn.length).toBeLessThan(2000);
      expect(drawn.filter((one) => one.outcome === 'done').length).toBeGreaterThan(800);
      expect(Array.from({ length: 12 }, (_, index) => inMonth(index + 1)).every((count) => count > 10)).toBe(true);
      expect(inMonth(1) + inMonth(2) + inMonth(3)).toBeGreaterThan(2 * (inMonth(10) + inMonth(11) + inMonth(12)));
    },
  );

  test('there are at least 80 titles, all different, of natural length', () => {
    const titles = historyTemplates.map(([, , , , title]) => title);
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles.length).toBeGreaterThanOrEqual(80);
    expect(titles.every((title) => title.length >= 12 && title.length <= 80)).toBe(true);
  });

  test('a record names who answered and who gave, and has minutes only when done', () => {
    for (const one of records) {
      expect(one.answeredBy).not.toBe(one.author);
      expect(one.minutes !== null).toBe(one.outcome === 'done');
      expect(one.helper === null).toBe(one.answeredBy === null);
      if (one.answeredBy !== null) expect(one.helper).toBe(one.kind === 'offer' ? one.author : one.answeredBy);
      if (one.outcome === 'done') expect(one.helper).not.toBeNull();
      expect(one.day).toBeGreaterThanOrEqual(1);
      expect(one.day).toBeLessThanOrEqual(28);
    }
  });

  test('nobody acts before they joined, and no new resident helps where trust is needed', () => {
    for (const one of records) {
      for (const number of [one.author, one.answeredBy ?? one.author]) {
        expect(demoResidents[number - 1]?.joinedDaysAgo).toBeGreaterThan((one.monthsAgo + 1) * 31);
      }
      if (isSensitive(one.category) && one.helper !== null)
        expect(demoResidents[one.helper - 1]?.trust).not.toBe('new');
    }
  });

  test('seasons follow the calendar: sledges are asked for from December to February only', () => {
    const monthsOfSledges = (lastMonth: number) =>
      new Set(historyOf(3, lastMonth).flatMap((one) => (one.title.startsWith('Une luge') ? [one.monthsAgo] : [])));
    expect([...monthsOfSledges(7)].every((ago) => ago >= 6 && ago <= 8)).toBe(true);
    expect(monthsOfSledges(7).size + monthsOfSledges(2).size).toBeGreaterThan(0);
    expect([...monthsOfSledges(2)].every((ago) => ago <= 3)).toBe(true);
  });
});
