import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { seal, unseal } from '../../seal.ts';
import { factorUri, newFactorKey, stepOfCode } from './codes.ts';

test('codes are those of RFC 6238, appendix B, to six digits', () => {
  const key = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  expect(stepOfCode(key, '287082', new Date(59_000))).toBe(1);
  expect(stepOfCode(key, '081804', new Date(1_111_111_109_000))).toBe(37_037_036);
  expect(stepOfCode(key, '005924', new Date(1_234_567_890_000))).toBe(41_152_263);
});

test('a code is good one step before and after its own, and no further', () => {
  const key = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  const at = (step: number) => stepOfCode(key, '287082', new Date(step * 30_000));
  expect([at(0), at(1), at(2), at(3), at(40)]).toEqual([1, 1, 1, null, null]);
  expect(stepOfCode(key, '28708', new Date(59_000))).toBeNull();
  expect(stepOfCode(key, '２８７０８２', new Date(59_000))).toBeNull();
});

test('what is sealed is opened by its key and for its account alone', () => {
  const key = randomBytes(32);
  const sealed = seal(key, 'a', 'secret');
  expect(sealed).not.toContain('secret');
  expect(unseal(key, 'a', sealed)).toBe('secret');
  expect(() => unseal(randomBytes(32), 'a', sealed)).toThrow();
  expect(() => unseal(key, 'b', sealed)).toThrow();
  expect(seal(key, 'a', 'secret')).not.toBe(sealed);
});

test('the address holds the issuer, the account and a secret of 160 bits', () => {
  const key = newFactorKey();
  expect(key).toHaveLength(32);
  expect(factorUri(key, 'odile@example.test', 'Palier')).toMatch(
    /^otpauth:\/\/totp\/Palier:odile%40example\.test\?.*secret=/,
  );
});
