import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { backoffMs } from './backoff.ts';
import { closed, openClient, ready } from './fixtures/peers.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('it opens from where the page was read, in our protocol, and hands over linked events', () => {
  const { last, heard, states } = openClient(41);
  expect([last().url, last().protocol]).toEqual(['ws://palier.test/api/live?after=41', 'palier.live.v1']);
  last().says(ready(44));
  last().says(closed(41, 43));
  last().says(closed(43, 44));
  expect([heard, states]).toEqual([
    [43, 44],
    ['connecting', 'live'],
  ]);
});

test('without a place of its own it takes the server’s', () => {
  const { last, heard } = openClient(null);
  expect(last().url).toBe('ws://palier.test/api/live');
  last().says(ready(7));
  last().says(closed(7, 9));
  last().ends(1006);
  vi.advanceTimersByTime(500);
  expect([heard, last().url]).toEqual([[9], 'ws://palier.test/api/live?after=9']);
});

test('a missing event is refused: it leaves and comes back from what it holds', () => {
  const { last, peers, heard } = openClient(1);
  last().says(ready(1));
  last().says(closed(1, 2));
  const gapped = last();
  gapped.says(closed(3, 4));
  expect([heard, gapped.isClosed]).toEqual([[2], true]);
  gapped.says(closed(2, 3)); // what a connection says once left is not heard
  vi.advanceTimersByTime(500);
  expect(peers.map(({ url }) => url.split('=')[1])).toEqual(['1', '2']);
  last().says(ready(4));
  last().says(closed(2, 3));
  last().says(closed(3, 4));
  expect(heard).toEqual([2, 3, 4]);
});

test('a tick moves where the next connection begins, and is no link on this one', () => {
  const { last, heard } = openClient(1);
  last().says(ready(1));
  last().says({ type: 'tick', head: 8 });
  last().says(closed(1, 9));
  expect(heard).toEqual([9]);
  last().says({ type: 'tick', head: 12 });
  last().ends(1012);
  vi.advanceTimersByTime(500);
  expect(last().url).toContain('after=12');
});

test('told to reload, it does, and goes on from there on the same connection', () => {
  const { last, heard, calls, peers } = openClient(5);
  last().says(ready(90));
  last().says({ type: 'resync', seq: 90, reason: 'expired' });
  last().says(closed(90, 91));
  expect([calls.resync, heard, peers.length]).toEqual([1, [91], 1]);
});

test('waits grow with each failure up to fifteen seconds, and are drawn over their whole length', () => {
  expect([1, 2, 3, 6, 7, 40].map((failures) => backoffMs(failures, 1))).toEqual([
    1_000, 2_000, 4_000, 15_000, 15_000, 15_000,
  ]);
  expect(backoffMs(40, 0)).toBe(0);
  const { peers, last } = openClient(1);
  for (const wait of [500, 1_000, 2_000, 4_000, 7_500, 7_500, 7_500]) {
    const before = peers.length;
    last().ends(1006);
    vi.advanceTimersByTime(wait - 1);
    expect(peers.length).toBe(before);
    vi.advanceTimersByTime(1);
    expect(peers.length).toBe(before + 1);
  }
});

test('it says that it is connecting at first, offline after a while or without a network, and live again', () => {
  const one = openClient(1);
  one.last().says(ready(1));
  for (let n = 0; n < 3; n += 1) {
    one.last().ends(1006);
    vi.advanceTimersByTime(30_000);
  }
  one.last().says(ready(1));
  expect(one.states).toEqual(['connecting', 'live', 'connecting', 'connecting', 'offline', 'live']);
  const other = openClient(1, () => false);
  other.last().ends(1006);
  expect(other.states).toEqual(['connecting', 'offline']);
});

test('a connection that only lasts a moment does not shorten the wait', () => {
  const { last, peers } = openClient(1);
  for (let n = 0; n < 3; n += 1) {
    last().says(ready(1));
    last().ends(1008);
    vi.advanceTimersByTime(500 * 2 ** n - 1);
    expect(peers.length).toBe(n + 1);
    vi.advanceTimersByTime(1);
    expect(peers.length).toBe(n + 2);
  }
});

test('a minute of silence is the end of a connection; each frame buys another', () => {
  const { last, peers } = openClient(1);
  last().says(ready(1));
  vi.advanceTimersByTime(59_000);
  last().says({ type: 'tick', head: 1 });
  vi.advanceTimersByTime(59_000);
  expect(peers.length).toBe(1);
  vi.advanceTimersByTime(2_000);
  expect(peers.length).toBe(2);
  expect(peers[0]?.isClosed).toBe(true);
});

test('back online or in sight it comes back at once; while it hears, it stays', () => {
  const { client, last, peers } = openClient(1);
  last().says(ready(1));
  client.retryNow();
  expect(peers.length).toBe(1);
  client.lose();
  expect(peers[0]?.isClosed).toBe(true);
  client.retryNow();
  expect(peers.length).toBe(2);
  vi.advanceTimersByTime(5_000);
  expect(peers.length).toBe(2); // the wait that was under way is over
});

test('woken after a long sleep, it does not trust a connection that was silent', () => {
  const { client, last, peers } = openClient(1);
  last().says(ready(1));
  vi.setSystemTime(Date.now() + 3_600_000); // no timer ran meanwhile
  client.retryNow();
  expect([peers.length, peers[0]?.isClosed]).toEqual([2, true]);
});

test('for a page that was read before what was heard since, it goes back and hears it again', () => {
  const { client, last, peers, heard } = openClient(1);
  last().says(ready(1));
  last().says(closed(1, 2));
  last().says(closed(2, 3));
  client.shows(3, null);
  client.shows(9, null);
  expect(peers.length).toBe(1);
  client.shows(2, null);
  expect([peers.length, last().url.split('=')[1]]).toEqual([2, '2']);
  last().says(ready(3));
  last().says(closed(2, 3));
  expect(heard).toEqual([2, 3, 3]);
});

test('an ended session is not knocked at again', () => {
  const { last, peers, calls, states } = openClient(1);
  last().says(ready(1));
  last().ends(4001);
  vi.advanceTimersByTime(120_000);
  expect([peers.length, calls.end, states.at(-1)]).toEqual([1, 1, 'offline']);
});

test('stopped, it closes and never comes back', () => {
  const { client, last, peers, heard } = openClient(1);
  last().says(ready(1));
  client.stop();
  last().says(closed(1, 2));
  last().ends(1000);
  client.retryNow();
  client.lose();
  vi.advanceTimersByTime(120_000);
  expect([peers.length, peers[0]?.isClosed, heard]).toEqual([1, true, []]);
});
