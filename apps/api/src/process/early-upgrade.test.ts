import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { openHarness } from '../../test/harness.ts';
import { buildApp } from '../app.ts';
import { createHub } from '../live/index.ts';
import { openFrontDoor } from './front-door.ts';

const h = await openHarness();

test('a reader who comes while the process still starts is told 503 at once, and holds no stop back', async () => {
  const door = await openFrontDoor({ host: '127.0.0.1', port: 0 }, () => ['start']);
  const hub = createHub({ ...h.deps, hasRateLimits: false });
  const app = await buildApp(h.deps, { hub, serverFactory: door.serverFactory });
  const { cookie } = await h.mintResident();
  const upgrade = async (): Promise<number> => {
    const headers = { cookie, origin: h.env.origin.origin };
    const socket = new WebSocket(`ws://127.0.0.1:${door.port}/api/live`, 'palier.live.v1', {
      headers,
      handshakeTimeout: 2_000,
    });
    socket.on('error', () => undefined);
    const status = await Promise.race([
      once(socket, 'unexpected-response').then(([, response]) => (response as { statusCode: number }).statusCode),
      once(socket, 'open').then(() => 101),
      once(socket, 'close').then(() => 0),
    ]);
    socket.terminate();
    return status;
  };
  expect(await Promise.all([upgrade(), upgrade(), upgrade()])).toEqual([503, 503, 503]);
  await app.ready();
  door.handOver();
  expect(await upgrade()).toBe(101);
  const startMs = performance.now();
  await Promise.all([app.close(), door.drain()]);
  expect(performance.now() - startMs).toBeLessThan(3_900);
});
