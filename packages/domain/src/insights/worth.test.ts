import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hidden, shown } from './figures.ts';
import { Hourly, worthOf } from './worth.ts';

test('hours at a reference amount give a range of two digits, and hidden hours give hidden euros', () => {
  const { from, upTo } = worthOf(shown(127 * 60, 'minutes'), 1_202);
  expect([from.value, upTo.value, from.unit]).toEqual([1_300, 1_700, 'euros']);
  expect(worthOf(hidden('minutes'), 1_202)).toEqual({ from: hidden('euros'), upTo: hidden('euros') });
});

test('the range holds the product, is never one amount alone, and has at most two digits', () => {
  const hours = fc.integer({ min: 1, max: 100_000 });
  fc.assert(
    fc.property(hours, fc.integer({ min: 100, max: 10_000 }), (given, cents) => {
      const { from, upTo } = worthOf(shown(given * 60, 'minutes'), cents);
      const [low, high] = [from.value ?? -1, upTo.value ?? -1];
      expect([low <= (given * cents) / 100, high >= (given * cents) / 100, low < high]).toEqual([true, true, true]);
      for (const value of [low, high]) expect(String(value).replace(/0+$/, '').length).toBeLessThanOrEqual(2);
    }),
  );
});

test('an amount without its legal source, or out of any reason, is refused', () => {
  expect(Hourly.safeParse({ cents: 1_202, source: '   ' }).success).toBe(false);
  expect(Hourly.safeParse({ cents: 5, source: 'Code du travail' }).success).toBe(false);
  expect(Hourly.safeParse({ cents: 1_202, source: 'SMIC horaire brut' }).success).toBe(true);
});
