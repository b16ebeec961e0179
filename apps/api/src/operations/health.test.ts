import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { buildApp } from '../app.ts';

test('a process too busy to serve says so, and is still alive to whoever watches over it', async () => {
  const { deps } = await openHarness();
  const app = await buildApp(deps, { shedsAboveMs: 1e-6 }); // any lag at all is too much
  await app.ready();
  const ask = (url: string) => app.inject({ url: `/api${url}` });
  await expect.poll(async () => (await ask('/kits')).statusCode, { timeout: 10_000 }).toBe(503);
  const refused = await ask('/kits');
  expect([refused.json().code, refused.headers['retry-after']]).toEqual(['overloaded', '2']);
  const [health, ready] = [await ask('/health'), await ask('/ready')];
  expect([health.statusCode, health.json()]).toEqual([200, { status: 'alive' }]);
  expect([ready.statusCode, ready.json()]).toEqual([200, { bus: 'local' }]);
  await app.close();
});
