import fc from 'fast-check';
import { expect, test } from 'vitest';
import { factorLife, isFactorFresh } from './second-factor.ts';

const now = new Date('2026-11-22T12:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);

test('a factor never given opens nothing, whenever the desk was last used', () => {
  expect(isFactorFresh({ factorAt: null, factorUsedAt: now }, now)).toBe(false);
});

test('the desk is open exactly while both terms run', () => {
  const ms = fc.integer({ min: 0, max: 2 * factorLife.absoluteMs });
  fc.assert(
    fc.property(ms, ms, (given, used) => {
      const isOpen = isFactorFresh({ factorAt: ago(given), factorUsedAt: ago(used) }, now);
      expect(isOpen).toBe(given < factorLife.absoluteMs && Math.min(given, used) < factorLife.idleMs);
    }),
  );
});
