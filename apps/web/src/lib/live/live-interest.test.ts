import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { closed, openClient, ready } from './fixtures/peers.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const pets = { within: null, categories: ['pets'] as const };
const asking = (within: number | null, categories: readonly string[] | null) => ({
  type: 'interest',
  within,
  categories,
});

test('a page about less asks for less on the same connection, and again on the next one', () => {
  const { client, last, peers } = openClient(1);
  last().opens();
  last().says(ready(1));
  client.shows(1, pets);
  client.shows(1, { ...pets });
  expect([peers.length, last().asked]).toEqual([1, [asking(null, ['pets'])]]);
  last().ends(1006);
  vi.advanceTimersByTime(500);
  last().opens();
  expect([peers.length, last().asked]).toEqual([2, [asking(null, ['pets'])]]);
});

test('a page about more, or about something else, goes back to where it holds everything and hears from there', () => {
  const { client, last, peers, heard } = openClient(1);
  client.shows(1, pets); // not open yet: asked as soon as it is
  expect(last().asked).toEqual([]);
  last().opens();
  last().says(ready(4));
  last().says(closed(1, 3));
  client.shows(6, { within: 500, categories: null });
  expect([peers.length, last().url.split('=')[1]]).toEqual([2, '3']);
  last().opens();
  expect(last().asked).toEqual([asking(500, null)]);
  last().says({ type: 'tick', head: 9 });
  client.shows(8, null);
  expect([peers.length, last().url.split('=')[1]]).toEqual([3, '8']);
  last().opens();
  last().says(ready(9));
  last().says(closed(8, 9));
  expect([last().asked, heard]).toEqual([[], [3, 9]]);
});
