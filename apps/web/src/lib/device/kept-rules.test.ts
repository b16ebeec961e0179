import { expect, test } from 'vitest';
import { builtFilesOf, keptAs, keptLimits, outstayed, talksOf } from './kept-rules.ts';

const talk = '/messages/01990000-0000-7000-8000-00000000000a';
const as = (path: string) => keptAs(new URL(path, 'https://palier.test'));

test.each([
  ['/messages', '/messages'],
  [talk, talk],
  [`${talk}/__data.json?x-sveltekit-invalidated=001`, talk],
  ['/coups-de-main', '/coups-de-main'],
  ['/coups-de-main?vue=recus', '/coups-de-main?vue=recus'],
])('%s is kept as %s', (path, name) => expect(as(path)).toBe(name));

test.each([
  '/autour',
  '/moi',
  '/bureau',
  '/messages/x',
  `${talk}?suite=1`,
  '/coups-de-main?vue=../x',
  '/coups-de-main?suite=1',
  '/coups-de-main/agenda',
])('%s is never kept', (path) => expect(as(path)).toBeNull());

test('the conversations of a list are each named once, the first ones only', () => {
  const paths = Array.from({ length: 9 }, (_, n) => `${talk.slice(0, -1)}${n}`);
  const html = [...paths, ...paths].map((path) => `<a href="${path}">`).join('');
  expect(talksOf(html)).toEqual(paths.slice(0, keptLimits.talksAhead));
});

test('the built files of a page are found however its addresses are written', () => {
  const html = '<link href="../_app/immutable/a-1.css"><script>import("/_app/immutable/entry/start.b.js")</script>';
  expect(builtFilesOf(html)).toEqual(['/_app/immutable/a-1.css', '/_app/immutable/entry/start.b.js']);
});

test('what is too old goes, and what is one too many, the oldest first', () => {
  const now = 10 * keptLimits.ageMs;
  const kept = Array.from({ length: keptLimits.pages + 2 }, (_, n) => ({ path: `/p${n}`, at: now - n }));
  expect(outstayed(kept, now)).toEqual([`/p${keptLimits.pages}`, `/p${keptLimits.pages + 1}`]);
  expect(outstayed([{ path: '/old', at: now - keptLimits.ageMs - 1 }], now)).toEqual(['/old']);
  expect(outstayed([{ path: '/new', at: now - keptLimits.ageMs }], now)).toEqual([]);
});
