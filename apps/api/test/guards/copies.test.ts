import { expect, it } from 'vitest';
import { openHarness } from '../harness.ts';

const h = await openHarness();
const open = [
  ...['/instance', '/openapi.json', '/communes?q=gex', '/kits', '/kits/heatwave', '/kits/heatwave/campaigns'],
  ...['cool-places', 'useful-numbers', 'messages'].map((what) => `/communes/01173/${what}`),
  '/open-data/json-schema',
];

it.each(open)('%s is tagged, and read again by its tag costs no body', async (path) => {
  const first = await h.call('GET', path);
  expect([first.status, first.headers['cache-control']]).toEqual([200, expect.stringMatching(/^public/)]);
  const tag = String(first.headers['etag']);
  expect(tag).toMatch(/^W\/"[\w-]{27}"$/);
  const [same, other] = await Promise.all(
    [tag, 'W/"another"'].map((tags) => h.call('GET', path, { headers: { 'if-none-match': tags } })),
  );
  expect([same?.status, same?.text, same?.headers['etag']]).toEqual([304, '', tag]);
  expect([other?.status, other?.text]).toEqual([200, first.text]);
});

it('what is someone’s own is kept by nobody and has no tag', async () => {
  const as = await h.mintResident();
  for (const path of ['/me', '/posts', '/notifications']) {
    const { status, headers } = await h.call('GET', path, { as, headers: { 'if-none-match': '*' } });
    expect([status, headers['cache-control'], headers['etag']]).toEqual([200, 'private, no-store', undefined]);
  }
});
