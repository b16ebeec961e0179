import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newDataDir, runServer, until } from './run-server.ts';

const signIn = { email: 'resident-220@demo.palier.test', password: 'palier-demo' };

test('killed while the demo is loading, the next start loads the whole of it', async () => {
  const DATA_DIR = newDataDir();
  const first = await runServer({ DATA_DIR });
  await until('loading', () => first.output().includes('residences'));
  await first.stop('SIGKILL');
  expect(first.output()).not.toContain('ready');
  const next = await runServer({ DATA_DIR });
  await next.ready();
  expect(next.output()).toContain('Loading the demo territory');
  expect(next.output()).toMatch(/ 220 residents\n/);
  expect((await next.post('/session', signIn)).status).toBe(204);
  await next.stop();
});

test('production never loads it', async () => {
  const DATA_DIR = newDataDir();
  const server = await runServer({ DATA_DIR, NODE_ENV: 'production', DEMO: 'on' });
  await server.ready();
  expect((await server.post('/session', signIn)).status).toBe(401);
  expect(existsSync(join(DATA_DIR, 'demo-invitations.json'))).toBe(false);
  expect(server.output()).not.toContain('demo');
  await server.stop();
});
