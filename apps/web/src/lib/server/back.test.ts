import { describe, expect, test } from 'vitest';
import { safeBack } from './back.ts';

const origin = 'https://palier.test';

describe('safeBack', () => {
  test.each(['/', '/autour', '/autour?kind=request&q=a%20b', '/posts/1', '/a//b'])('goes back to %s', (path) => {
    expect(safeBack(path, origin)).toBe(path);
  });

  test.each([
    '',
    'autour',
    '//ailleurs.test',
    '///ailleurs.test',
    '/\\ailleurs.test',
    '\\\\ailleurs.test',
    '/\t/ailleurs.test',
    '/.//ailleurs.test',
    '/x/..//ailleurs.test',
    '/%2e//ailleurs.test',
    'https://ailleurs.test/',
    'https:ailleurs.test',
    'javascript:alert(1)',
    ' //ailleurs.test',
    '//palier.test@ailleurs.test',
    '//user@palier.test:8443/',
  ])('never leaves for %j', (path) => {
    expect(safeBack(path, origin)).toBe('/');
    expect(safeBack(path, origin, '/autour')).toBe('/autour');
  });

  test('always answers a path that a browser resolves on our own origin', () => {
    const pieces = ['/', '\\', '.', '..', '%2e', '\t', '\n', '@', ':', '?', '#', 'a', 'ailleurs.test', '//'];
    for (const one of pieces)
      for (const two of pieces)
        for (const three of pieces)
          for (const four of ['', '/', '//ailleurs.test', '/ailleurs.test']) {
            const answered = safeBack(`/${one}${two}${three}${four}`, origin);
            expect(new URL(answered, `${origin}/connexion`).origin, answered).toBe(origin);
          }
  });
});
