import { expect, test } from 'vitest';
import { isForAnother, keepLess, setReader } from './kept.ts';

const acting = {} as NonNullable<App.Locals['acting']>;
const me = { account: { id: 'a', email: 'a@exemple.fr' } } as NonNullable<App.Locals['me']>;
const asked = (headers: Record<string, string>) => new Request('https://palier.test/messages', { headers });
const reading = (given: Partial<App.Locals> = {}) => ({ me, acting: null, isApiDown: false, isKept: false, ...given });

test('what waited is refused to another account, and to nobody signed in', () => {
  expect(isForAnother(asked({}), reading())).toBe(false);
  expect(isForAnother(asked({ 'palier-as': 'a' }), reading())).toBe(false);
  expect(isForAnother(asked({ 'palier-as': 'b' }), reading())).toBe(true);
  expect(isForAnother(asked({ 'palier-as': 'a' }), reading({ acting }))).toBe(true);
  expect(isForAnother(asked({ 'palier-as': 'a' }), reading({ me: null }))).toBe(true);
  expect(isForAnother(asked({ 'palier-as': 'a' }), reading({ me: null, isApiDown: true }))).toBe(false);
});

test('a page to be kept has no address of mail in it, any other page has', () => {
  const [kept, plain] = [reading(), reading()];
  keepLess(asked({ 'palier-keep': '1' }), kept);
  keepLess(asked({}), plain);
  expect(kept).toMatchObject({ isKept: true, me: { account: { id: 'a', email: '' } } });
  expect(plain).toMatchObject({ isKept: false, me: { account: { email: 'a@exemple.fr' } } });
});

test('a page says whose it is, and says nothing when nobody can know', () => {
  const readerOf = (given: Partial<App.Locals>) => {
    const headers = new Headers();
    setReader(headers, reading(given));
    return headers.get('palier-reader');
  };
  expect(readerOf({})).toBe('a');
  expect(readerOf({ me: null })).toBe('none');
  expect(readerOf({ me: null, isApiDown: true })).toBeNull();
  expect(readerOf({ acting })).toBeNull();
});
