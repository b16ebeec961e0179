import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { buildApp } from '../../src/app.ts';
import { createHub } from '../../src/live/index.ts';
import { openPresence } from '../../src/process/presence.ts';
import { openHarness } from '../harness.ts';
import { until } from '../live-harness.ts';

// Two processes' worth of application over one database and the same keys (reliability.md I21).
const h = await openHarness({ RATE_LIMITS: 'on' });
const openNode = async () => {
  const presence = await openPresence(h.db, h.deps.log);
  const hub = createHub({ ...h.deps, hasRateLimits: true, presence });
  await hub.start();
  const app = await buildApp(h.deps, { hub, presence });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  return { app, hub, presence, port };
};
const nodes = [await openNode(), await openNode()] as const;
for (const { presence } of nodes) await presence.refresh();
afterAll(async () => {
  for (const { app, presence } of nodes) {
    await app.close();
    await presence.stop();
  }
});

let address = 0;
type Sent = { cookie?: string; from?: string };
const call = async (node: number, url: string, { cookie, from = `203.0.113.${++address}` }: Sent) => {
  const { app } = nodes[node % 2] as (typeof nodes)[number];
  const answer = await app.inject({ url: `/api${url}`, remoteAddress: from, headers: cookie ? { cookie } : {} });
  return answer.statusCode;
};
const passed = async (calls: number, send: (n: number) => Promise<number>): Promise<number> => {
  let served = 0;
  for (let n = 0; n < calls; n += 1) if ((await send(n)) !== 429) served += 1;
  return served;
};
const within = (served: number, limit: number): void => {
  expect(served).toBeGreaterThanOrEqual(0.9 * limit);
  expect(served).toBeLessThanOrEqual(1.1 * limit);
};

test('a session’s calls are counted together: by turns, all at one, first one then the other, at once', async () => {
  const spread = async (nodeOf: (n: number) => number): Promise<number> => {
    const { cookie } = await h.mintResident();
    return passed(300, (n) => call(nodeOf(n), '/me', { cookie }));
  };
  within(await spread((n) => n), 120);
  within(await spread(() => 0), 120);
  within(await spread((n) => (n < 100 ? 0 : 1)), 120);
  const { cookie } = await h.mintResident();
  const answers = await Promise.all(Array.from({ length: 300 }, (_, n) => call(n, '/me', { cookie })));
  within(answers.filter((status) => status !== 429).length, 120);
});

test('so are an address’s, and the shared count names neither', async () => {
  const from = '198.51.100.9';
  within(await passed(250, (n) => call(n, '/communes?q=gex', { from })), 100);
  const counts = await h.db.select().from(schema.callCounts);
  expect(counts.length).toBeGreaterThan(0);
  expect(JSON.stringify(counts)).not.toContain(from);
});

test('a caller who calls little is never written of', async () => {
  const before = await h.db.$count(schema.callCounts);
  for (let n = 0; n < 20; n += 1) await passed(4, (turn) => call(turn, '/communes?q=gex', { from: `192.0.2.${n}` }));
  expect(await h.db.$count(schema.callCounts)).toBe(before);
});

/** The status of an upgrade at one of the two; its socket stays open. */
const sockets: WebSocket[] = [];
const upgrade = async (node: number, cookie: string): Promise<number> => {
  const { port } = nodes[node % 2] as (typeof nodes)[number];
  const headers = { cookie, origin: h.env.origin.origin };
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/live`, 'palier.live.v1', { headers });
  socket.on('error', () => undefined);
  const status = await Promise.race([
    once(socket, 'unexpected-response').then(([, response]) => (response as { statusCode: number }).statusCode),
    once(socket, 'open').then(() => 101),
  ]);
  if (status === 101) sockets.push(socket);
  else socket.terminate();
  return status;
};

test('five sockets of one session and ten of one account, over both; one that closes makes room', async () => {
  const someone = await h.mintResident();
  const statuses: number[] = [];
  for (let n = 0; n < 8; n += 1) statuses.push(await upgrade(n, someone.cookie));
  expect(statuses).toEqual([101, 101, 101, 101, 101, 429, 429, 429]);

  const others = await Promise.all(
    [1, 2].map(
      async () => `${h.app.sessions.cookieName}=${await h.app.sessions.create(someone.accountId, new Date())}`,
    ),
  );
  const more: number[] = [];
  for (let n = 0; n < 8; n += 1) more.push(await upgrade(n, others[n % 2] ?? ''));
  expect(more.filter((status) => status === 101)).toHaveLength(5);

  for (const socket of sockets.splice(0)) socket.close();
  await until(async () => {
    const left = await h.db.$count(schema.socketsHeld, eq(schema.socketsHeld.accountId, someone.accountId));
    return left === 0;
  }, 'the sockets forgotten');
  expect(await upgrade(1, someone.cookie)).toBe(101);
});

test('sockets held before a second process came are counted when it comes; those of one that is gone are not', async () => {
  const someone = await h.mintResident();
  await nodes[1].presence.stop();
  await h.db.delete(schema.processes).where(eq(schema.processes.id, nodes[1].presence.id));
  await nodes[0].presence.refresh();
  expect(nodes[0].presence.isAlone()).toBe(true);
  for (let n = 0; n < 5; n += 1) expect(await upgrade(0, someone.cookie)).toBe(101);
  await nodes[1].presence.refresh();
  await nodes[0].presence.refresh();
  await until(
    async () => (await h.db.$count(schema.socketsHeld, eq(schema.socketsHeld.accountId, someone.accountId))) > 0,
    'the sockets told',
  );
  expect(await upgrade(1, someone.cookie)).toBe(429);
  await h.db
    .update(schema.processes)
    .set({ seenAt: new Date(Date.now() - 30_000) })
    .where(eq(schema.processes.id, nodes[0].presence.id));
  expect(await upgrade(1, someone.cookie)).toBe(101);
});
