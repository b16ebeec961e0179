import { expect, test } from 'vitest';
import { openHarness } from '../harness.ts';

const h = await openHarness();
const ours = h.env.origin.origin;
const someone = await h.mintResident();

/** What a browser, or a page of another site, may send with a neighbour's cookie. */
const cases: [name: string, headers: Record<string, string>, code: string | null][] = [
  ['our own origin', { origin: ours }, null],
  ['our own pages by Sec-Fetch-Site', { 'sec-fetch-site': 'same-origin' }, null],
  ['both', { origin: ours, 'sec-fetch-site': 'same-origin' }, null],
  ['neither', {}, 'origin.missing'],
  ['a navigation typed by hand', { 'sec-fetch-site': 'none' }, 'origin.missing'],
  ['another site', { origin: 'https://evil.test' }, 'origin.foreign'],
  ['a null origin', { origin: 'null' }, 'origin.foreign'],
  ['a look-alike', { origin: `${ours}.evil.test` }, 'origin.foreign'],
  ['another port', { origin: 'http://localhost:3001' }, 'origin.foreign'],
  ['another scheme', { origin: ours.replace('http:', 'https:') }, 'origin.foreign'],
  ['a sub-domain by Sec-Fetch-Site', { 'sec-fetch-site': 'same-site' }, 'origin.foreign'],
  ['another site that forges the origin alone', { origin: ours, 'sec-fetch-site': 'cross-site' }, 'origin.foreign'],
];
const types = [
  undefined,
  'application/json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json\tx',
];

for (const [name, headers, code] of cases)
  test(`${name}: ${code ?? 'passes'}`, async () => {
    for (const method of ['POST', 'PATCH', 'DELETE', 'PUT'] as const)
      for (const type of types) {
        const answer = await h.app.inject({
          method,
          url: '/api/me',
          headers: {
            host: h.env.origin.host,
            cookie: someone.cookie,
            ...headers,
            ...(type && { 'content-type': type }),
          },
          ...(type && { payload: 'x=1' }),
        });
        if (code) expect([answer.statusCode, answer.json().code]).toEqual([403, code]);
        else expect(answer.json().code).not.toMatch(/^origin\./);
      }
  });

test('a path spelt another way is the same path', async () => {
  for (const url of ['/%61pi/me', '/ap%69/me', '/%61%70%69/%6de', '/api/%6de', '/api/me;x=1', '//api/me', '/API/me']) {
    const answer = await h.app.inject({
      method: 'PATCH',
      url,
      headers: { host: h.env.origin.host, cookie: someone.cookie, origin: 'https://evil.test' },
      payload: { displayName: 'Prise' },
    });
    expect([url, answer.statusCode < 400]).toEqual([url, false]);
  }
  expect((await h.call('GET', '/me', { as: someone })).body.account.displayName).toBe('Camille');
});

test('a form or plain text is never read as JSON', async () => {
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
  ]) {
    const answer = await h.app.inject({
      method: 'PATCH',
      url: '/api/me',
      headers: { origin: ours, cookie: someone.cookie, 'content-type': type },
      payload: '{"displayName":"Autre"}',
    });
    expect([type, answer.statusCode]).toEqual([type, 415]);
  }
});
