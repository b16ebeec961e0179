import { expect, test } from 'vitest';
import { gex, openHarness } from '../harness.ts';
import { mintCast, playScene } from './cast.ts';

type Parameter = { name: string; in: string; schema?: { default?: unknown; minimum?: number; maximum?: number } };
type Operation = {
  operationId: string;
  parameters?: Parameter[];
  responses: Record<string, { content?: Record<string, { schema?: { properties?: Record<string, object> } }> }>;
};

const h = await openHarness();
const { home, people } = await mintCast(h);
const { postId } = await playScene(h, { home, people }, 'promised');
const talk = await h.call('GET', `/conversations?postId=${postId}`, { as: people.owner });
const paths = (await h.call('GET', '/openapi.json')).body.paths as Record<string, { get?: Operation }>;

const callers: Record<string, { cookie: string } | undefined> = {
  residents: people.owner,
  signedIn: people.owner,
  referents: people.referent,
  coordinators: people.coordinator,
  officers: people.officer,
  towns: people.officer,
  readers: people.reader,
};
const ids: Record<string, string> = {
  insee: gex.commune,
  slug: 'heatwave',
  residenceId: home.id,
  conversationId: talk.body.items[0]?.id,
};
const needed: Record<string, string> = { 'communes.search': 'q=saint&', 'addresses.search': 'q=rue+des&' };

/** Whatever answers `items`, but the town hall's desk, which is a page with a few of them. */
const lists = Object.entries(paths).flatMap(([path, { get }]) => {
  const answer = get?.responses['200']?.content?.['application/json']?.schema?.properties;
  return get && answer && 'items' in answer && get.operationId !== 'town.desk' ? [{ path, answer, ...get }] : [];
});

test('every list that the contract names, and every other, is found', () => {
  expect(lists.length).toBeGreaterThan(25);
});

test.each(lists)('$operationId answers items and next, twenty by default, a hundred at most', async (list) => {
  const { path, answer, operationId, parameters = [] } = list;
  expect([operationId, Object.keys(answer)]).toEqual([operationId, expect.arrayContaining(['items', 'next'])]);
  const named = (name: string) => parameters.find((one) => one.in === 'query' && one.name === name);
  expect([operationId, named('cursor')?.in, named('limit')?.schema]).toEqual([
    operationId,
    'query',
    expect.objectContaining({ default: 20, minimum: 1, maximum: 100 }),
  ]);
  const route = h.app.routeTable.find((each) => each.operationId === operationId);
  const filled = path.replace(/^\/api/, '').replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? '');
  const as = callers[route?.scope ?? ''];
  const ask = (query: string) => h.call('GET', `${filled}?${needed[operationId] ?? ''}${query}`, { ...(as && { as }) });
  const found = await ask('limit=1');
  expect([operationId, found.status, found.body.items?.length <= 1]).toEqual([operationId, 200, true]);
  for (const wrong of ['limit=0', 'limit=101', 'limit=x', 'limit=', 'limit=1&limit=2', 'cursor=', 'cursor=WzFd.AAAA'])
    expect([operationId, wrong, (await ask(wrong)).status]).toEqual([operationId, wrong, 400]);
});
