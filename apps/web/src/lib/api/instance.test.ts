import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readInstance } from './instance.server.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** An API that says what the operator wrote last, and how often it was asked. */
const said = (name: string) => {
  const api = { name, status: 200, calls: 0 };
  const fetch = async () => {
    api.calls += 1;
    return new Response(JSON.stringify({ name: api.name }), {
      status: api.status,
      headers: { 'content-type': 'application/json' },
    });
  };
  return { api, fetch };
};

test('what the operator changes is on every page within ten seconds, and the API is asked once meanwhile', async () => {
  const { api, fetch } = said('Avant');
  const name = async () => (await readInstance(fetch)).name;
  expect(await name()).toBe('Avant');
  api.name = 'Après';
  for (const ms of [1, 4_000, 5_900]) {
    vi.advanceTimersByTime(ms);
    expect(await name()).toBe('Avant');
  }
  expect(api.calls).toBe(1);
  vi.advanceTimersByTime(99);
  expect(await name()).toBe('Après');
  expect(api.calls).toBe(2);
});

test('an API that does not answer is asked again at once, and its silence is never kept', async () => {
  vi.advanceTimersByTime(60_000);
  const { api, fetch } = said('Les Deux Rives');
  api.status = 503;
  expect(await readInstance(fetch)).toMatchObject({ name: 'Palier', missing: [] });
  api.status = 200;
  expect((await readInstance(fetch)).name).toBe('Les Deux Rives');
});
