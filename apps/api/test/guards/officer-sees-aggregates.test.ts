import { expect, test } from 'vitest';
import { openHarness } from '../harness.ts';
import { keysOf } from './answers.ts';
import { mintCast, playScene } from './cast.ts';

const h = await openHarness();
const cast = await mintCast(h);
const scene = await playScene(h, cast, 'promised');
const { officer, owner, helper } = cast.people;

/** What an officer alone may read lies there, beside what anyone may read and what is their own account's (contract.md). */
const isTheirs = /^\/api\/(?:communes\/:insee|me(?:\/|$)|notifications(?:\/|$)|decisions\/|session|accounts?\/|factor)/;
const personal =
  /^(?:displayName|email|title|details|lat|lon|name|address|door|phone|floor|text|authorId|residentId|helperId|beneficiaryId)$/;
const lastKey = (path: string): string => path.replaceAll('[]', '').split('.').at(-1) ?? '';

const ids = [scene.postId, scene.favourId, owner.id, helper.id, cast.home.id, '01890000-0000-7000-8000-000000000000'];
const closed = new Set(['residents', 'referents', 'coordinators', 'readers', 'watchers', 'operator']);

test('an officer’s cookie is refused on every route of residents, readers, referents, coordinators and the operator, whatever the id', async () => {
  const routes = h.app.routeTable.filter(({ scope }) => closed.has(String(scope)));
  expect(routes.length).toBeGreaterThan(80);
  let asked = 0;
  for (const { method, url, scope, operationId } of routes) {
    if (scope === 'operator') continue;
    for (const id of url.includes(':') ? ids : ['']) {
      const path = url.replace(/^\/api/, '').replace(/:\w+/g, id);
      const { status, body } = await h.call(method as 'GET', path, {
        as: officer,
        ...(method !== 'GET' && { body: {} }),
      });
      asked += 1;
      expect([operationId, status]).toEqual([operationId, 403]);
      expect(keysOf(body).filter((key) => personal.test(lastKey(key)) && key !== 'title')).toEqual([]);
    }
  }
  expect(asked).toBeGreaterThan(200);
}, 60_000);

test('what an officer may read besides holds no key and no name of a neighbour', async () => {
  const routes = h.app.routeTable.filter(
    ({ method, scope }) => method === 'GET' && ['officers', 'towns', 'signedIn'].includes(String(scope)),
  );
  expect(routes.length).toBeGreaterThan(5);
  const others = routes.filter(({ url }) => !isTheirs.test(url)).map(({ url }) => url);
  expect(others).toEqual([]);
  for (const { url, operationId } of routes) {
    const path = url
      .replace(/^\/api/, '')
      .replace(':insee', cast.home.commune)
      .replace(/:\w+/g, ids[0] ?? '');
    const query = /insights(?:\.csv)?$/.test(path) ? '?period=now' : path.endsWith('/year') ? '?year=2026' : '';
    const { text } = await h.call('GET', path + query, { as: officer });
    for (const word of ['Odile', 'Hélène', owner.email, helper.email, owner.id, scene.postId])
      expect([operationId, text.includes(word)]).toEqual([operationId, false]);
  }
});
