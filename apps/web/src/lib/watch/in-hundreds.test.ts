import { expect, test } from 'vitest';
import { inHundreds } from './in-hundreds.ts';

test('results are parted by the hundred at most, none lost, those of one check together', () => {
  const entries = Array.from({ length: 120 }, (_, n) => n).flatMap((n) =>
    Array.from({ length: 1 + (n % 4) }, (_each, attempt) => ({ checkId: `check ${n}`, attempt })),
  );
  const parts = inHundreds(entries);
  expect(parts.flat()).toEqual(entries);
  for (const part of parts) expect(part.length).toBeLessThanOrEqual(100);
  const where = new Map<string, number>();
  for (const [n, part] of parts.entries())
    for (const { checkId } of part) {
      expect(where.get(checkId) ?? n).toBe(n);
      where.set(checkId, n);
    }
  expect(parts).toHaveLength(3);
  expect(inHundreds([])).toEqual([]);
});
