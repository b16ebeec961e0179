import { describe, expect, test } from 'vitest';
import { safeBack } from './back.ts';
import { mayAct } from './gate.ts';

const origin = 'https://palier.test';
const ask = (method: string, headers: Record<string, string>) =>
  mayAct(new Request(`${origin}/x`, { method, headers }), origin);

describe('mayAct', () => {
  test('lets anyone read', () => {
    expect(ask('GET', { 'sec-fetch-site': 'cross-site' })).toBe(true);
  });
  test.each([
    [{ origin }, true],
    [{ origin, 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{}, false],
    [{ origin: 'https://evil.test' }, false],
    [{ origin: 'null' }, false],
    [{ origin, 'sec-fetch-site': 'cross-site' }, false],
    [{ origin, 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{ origin: 'https://evil.test', 'sec-fetch-site': 'same-origin' }, false],
  ])('POST with %j', (headers, answer) => {
    expect(ask('POST', headers as Record<string, string>)).toBe(answer);
  });
});

describe('safeBack', () => {
  test.each([
    ['/autour?within=500', '/autour?within=500'],
    ['//evil.test', '/'],
    ['/\\evil.test', '/'],
    ['https://evil.test', '/'],
    ['javascript:alert(1)', '/'],
    ['/\t/evil.test', '/'],
    ['', '/'],
  ])('%j leads to %s', (path, back) => {
    expect(safeBack(path, origin)).toBe(back);
  });
});
