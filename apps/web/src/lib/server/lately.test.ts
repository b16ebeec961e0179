import { expect, test } from 'vitest';
import { Lately } from './lately.ts';

test('a thing is made once while it is asked for, and again once others took its place', () => {
  const made: string[] = [];
  const lately = new Lately<string>(3);
  const get = (key: string) =>
    lately.get(key, (text) => {
      made.push(text);
      return text.toUpperCase();
    });
  expect([get('a'), get('a'), get('b'), get('a')]).toEqual(['A', 'A', 'B', 'A']);
  expect(made).toEqual(['a', 'b']);
  for (const key of ['c', 'd', 'a', 'e', 'f', 'a', 'g', 'h', 'i', 'a']) get(key);
  expect(made.filter((one) => one === 'a')).toEqual(['a']);
  expect(get('b')).toBe('B');
  expect(made.filter((one) => one === 'b')).toHaveLength(2);
});
