import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Shared } from './shared.ts';
import { hashOf, SlotIndex } from './slot-index.ts';
import { Texts } from './texts.ts';

test('texts that come and go are what was put, in less than twice their room and two pieces', () => {
  const megabyte = 1 << 20;
  fc.assert(
    fc.property(
      fc.array(fc.record({ number: fc.nat({ max: 3_000 }), length: fc.integer({ min: 1, max: 6_000 }) }), {
        minLength: 5_000,
        maxLength: 10_000,
      }),
      fc.integer({ min: 1, max: 6 }),
      (moves, keepOneIn) => {
        const texts = new Texts();
        const meant = new Map<number, string>();
        const swap = (number: number, text: string | null): void => {
          if (meant.has(number)) texts.drop(number);
          meant.delete(number);
          if (text === null) return;
          texts.put(number, text);
          meant.set(number, text);
        };
        for (const [n, { number, length }] of moves.entries())
          swap(number, n % 7 === 6 ? null : String.fromCharCode(32 + (n % 200)).repeat(length));
        for (const number of [...meant.keys()]) if (number % keepOneIn !== 0) swap(number, null);
        let bytes = 0;
        for (const [number, text] of meant) {
          bytes += text.length + 8;
          expect(texts.length(number)).toBe(text.length);
          expect(texts.slice(number, 0, text.length)).toBe(text);
        }
        expect(texts.bytes).toBeLessThanOrEqual(2.05 * bytes + 2 * megabyte);
      },
    ),
    { numRuns: 4 },
  );
});

test('texts most of which are dropped soon after they came keep no more room than others', () => {
  const texts = new Texts();
  for (let n = 0; n < 20_000; n++) {
    texts.put(n, 'x'.repeat(1_000));
    if (n % 5 !== 0) texts.drop(n);
  }
  expect(texts.bytes).toBeLessThanOrEqual(2.05 * 4_000 * 1_008 + 2 * (1 << 20));
  for (let n = 0; n < 20_000; n += 5) expect(texts.length(n)).toBe(1_000);
});

test('an index of slots says what a map would, however many share a hash', () => {
  const move = fc.record({ isPut: fc.boolean(), n: fc.nat({ max: 1_500 }) });
  fc.assert(
    fc.property(
      fc.array(move, { minLength: 3_000, maxLength: 6_000 }),
      fc.constantFrom(7, 1 << 20),
      (moves, spread) => {
        const ids = Array.from({ length: 1_501 }, (_, n) => `post ${n}`);
        const hashes = ids.map((id) => Math.abs(hashOf(id)) % spread);
        const index = new SlotIndex((slot) => hashes[slot] as number);
        const meant = new Set<number>();
        for (const { isPut, n } of moves) {
          if (isPut === meant.has(n)) continue;
          if (isPut) index.add(n);
          else index.remove(n);
          if (isPut) meant.add(n);
          else meant.delete(n);
        }
        expect(index.size).toBe(meant.size);
        for (const [slot, hash] of hashes.entries())
          expect(index.find(hash, (one) => one === slot)).toBe(meant.has(slot) ? slot : -1);
      },
    ),
    { numRuns: 8 },
  );
});

test('what many have alike is kept once, for as long as somebody has it', () => {
  const shared = new Shared<{ name: string }>(({ name }) => name);
  const [a, b, c] = [shared.take({ name: 'x' }), shared.take({ name: 'y' }), shared.take({ name: 'x' })];
  expect([a === c, a === b, shared.at(a).name, shared.at(b).name, shared.size]).toEqual([true, false, 'x', 'y', 2]);
  shared.leave(a);
  expect([shared.at(c).name, shared.size]).toEqual(['x', 2]);
  shared.leave(c);
  expect(shared.size).toBe(1);
  expect([shared.take({ name: 'z' }), shared.at(a).name]).toEqual([a, 'z']);
});
