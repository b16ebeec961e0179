import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { routeTable } from '../../src/plugins/route-table.ts';
import { openHarness } from '../harness.ts';

const h = await openHarness();
const document = (await h.call('GET', '/openapi.json')).body;

test('a route without a scope keeps the app from starting', async () => {
  const app = Fastify({ logger: false });
  await app.register(routeTable);
  app.get('/api/forgotten', { schema: { operationId: 'forgotten.read' } as object }, async () => 'x');
  await expect(app.ready()).rejects.toThrow('GET /api/forgotten');
});

test('every route has an operationId of its own, as capability.act', () => {
  const ids = h.app.routeTable.map((route) => route.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z]+\.[a-zA-Z]+$/.test(id))).toEqual([]);
});

test('the OpenAPI document carries every route under /api, and declares an answer for each', () => {
  const described = Object.entries(
    document.paths as Record<string, Record<string, { operationId: string; responses: object }>>,
  ).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
  );
  expect(document.openapi).toMatch(/^3\.1/);
  expect(document.servers).toEqual([{ url: h.env.origin.origin }]);
  expect(described.every((operation) => operation.path.startsWith('/api/'))).toBe(true);
  const declared = h.app.routeTable.map((route) => `${route.method} ${route.url.replaceAll(/:(\w+)/g, '{$1}')}`).sort();
  expect(described.map((operation) => `${operation.method} ${operation.path}`).sort()).toEqual(declared);
  for (const operation of described)
    expect([operation.operationId, Object.keys(operation.responses).length]).not.toEqual([operation.operationId, 0]);
});

/** A door and its address are shown by these alone, to those it was given to (doors.test.ts). */
const ofDoors = new Set(['/api/conversations/{conversationId}', '/api/conversations/{conversationId}/door']);

/** Doors and telephones of the watch, shown to whoever claimed the check, to the person and to their readers (rounds/visits.test.ts, watch/readers.test.ts). */
const ofWatch =
  /^\/api\/watch(?:\/(?:visits|board|sheet|checks\/\{checkId\}\/claim|alarms\/\{checkId\}|me|me\/renew|people\/\{personId\}(?:\/sheet)?))?$/;

test('no answer of any route may carry an exact point, an address, a hash or a secret', () => {
  const forbidden = new Set(['lat', 'lon', 'address', 'passwordHash', 'secretHash', 'door', 'phone']);
  const keysOf = (node: unknown): string[] =>
    typeof node !== 'object' || node === null
      ? []
      : Object.entries(node).flatMap(([key, value]) =>
          key === 'properties' ? [...Object.keys(value as object), ...keysOf(value)] : keysOf(value),
        );
  for (const [path, methods] of Object.entries(
    document.paths as Record<string, Record<string, { responses: object }>>,
  )) {
    if (path === '/api/instance') continue; // the operator's own published address and telephone, which the law asks for
    for (const operation of Object.values(methods))
      expect([
        path,
        keysOf(operation.responses).filter(
          (key) =>
            forbidden.has(key) &&
            !(ofDoors.has(path) && (key === 'address' || key === 'door')) &&
            !(ofWatch.test(path) && (key === 'door' || key === 'phone')),
        ),
      ]).toEqual([path, []]);
  }
});
