import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { postsRetryAfterS } from './limits.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const now = new Date('2026-11-22T12:00:00Z');
const ago = (minutes: number, beneficiary: string | null = null) => ({
  at: new Date(now.getTime() - minutes * minuteMs),
  beneficiary,
});
const settled = { joinedAt: new Date(now.getTime() - 30 * dayMs) };
const fresh = { joinedAt: new Date(now.getTime() - 7 * dayMs + 1) };

describe('how many posts may be written', () => {
  test('five an hour: the sixth waits for the first to be an hour old', () => {
    const written = [50, 40, 30, 20].map((minutes) => ago(minutes));
    expect(postsRetryAfterS(written, null, settled, now)).toBeNull();
    expect(postsRetryAfterS([...written, ago(10)], null, settled, now)).toBe(600);
    expect(postsRetryAfterS([...written.slice(1), ago(10), ago(60)], null, settled, now)).toBeNull();
  });

  test('ten a day, three a day in the first week', () => {
    const spread = Array.from({ length: 10 }, (_, n) => ago(70 * (n + 1)));
    expect(postsRetryAfterS(spread, null, settled, now)).toBe((1440 - 700) * 60);
    expect(postsRetryAfterS(spread.slice(1), null, settled, now)).toBeNull();
    expect(postsRetryAfterS(spread.slice(0, 3), null, fresh, now)).toBe((1440 - 210) * 60);
    expect(postsRetryAfterS(spread.slice(0, 2), null, fresh, now)).toBeNull();
  });

  test('counted for the person helped, whatever the case of their name, and three times that for all of them', () => {
    const forRoux = Array.from({ length: 5 }, (_, n) => ago(n, 'Mme Roux'));
    expect(postsRetryAfterS(forRoux, null, settled, now)).toBeNull();
    expect(postsRetryAfterS(forRoux, 'mme roux', settled, now)).not.toBeNull();
    const forMany = Array.from({ length: 15 }, (_, n) => ago(n, `Voisin ${n}`));
    expect(postsRetryAfterS(forMany, 'Encore un', settled, now)).not.toBeNull();
  });

  test('whoever waits as long as told may write, and not a second before', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1439 }), { maxLength: 14 }), (minutes) => {
        const written = minutes.map((each) => ago(each));
        const wait = postsRetryAfterS(written, null, settled, now);
        if (wait === null) return;
        expect(wait).toBeGreaterThanOrEqual(1);
        expect(postsRetryAfterS(written, null, settled, new Date(now.getTime() + wait * 1000))).toBeNull();
        expect(postsRetryAfterS(written, null, settled, new Date(now.getTime() + wait * 1000 - 1001))).not.toBeNull();
      }),
    );
  });
});
