import type { RequestEvent } from '@sveltejs/kit';
import { expect, test } from 'vitest';
import { apiFor } from '#lib/api/api-for.ts';
import { callOf } from './api-bridge.ts';

type Asked = { path: string; headers: Record<string, string>; address: string };
type Answered = { status?: number; headers?: Record<string, string | string[]>; text: string };

/** A page's request in the API's own process, for a reader with two cookies. */
const pageOf = (answered: Answered, acting: { id: string } | null = null) => {
  const asked: Asked[] = [];
  const given: string[] = [];
  const fetched: string[] = [];
  const event = {
    url: new URL('https://palier.test/autour'),
    request: new Request('https://palier.test/autour', { headers: { 'user-agent': 'a telephone' } }),
    locals: { locale: 'en', acting },
    getClientAddress: () => '192.0.2.7',
    cookies: {
      getAll: () => [
        { name: 'palier_session', value: 'raw' },
        { name: 'palier_text', value: 'a b' },
      ],
      set: (name: string, value: string) => given.push(`${name}=${value}`),
    },
    fetch: async (path: string) => {
      fetched.push(path);
      return Response.json({ id: 'made' });
    },
    platform: {
      req: {
        palier: {
          ask: async (path: string, headers: Record<string, string>, address: string) => {
            asked.push({ path, headers, address });
            const { status = 200, text } = answered;
            const said: Answered['headers'] = {
              'content-type': 'application/json; charset=utf-8',
              ...answered.headers,
            };
            return { status, header: (name: string) => said[name], text };
          },
        },
      },
    },
  };
  return { api: apiFor(callOf(event as unknown as RequestEvent)), asked, given, fetched };
};

test('a reading goes with the reader’s cookies, address, browser and language', async () => {
  const { api, asked, fetched } = pageOf({ text: '{"items":[]}', headers: { 'palier-seq': '42' } });
  expect(await api.read('/api/posts', { kind: 'request' })).toEqual({ body: { items: [] }, seq: 42 });
  expect(asked).toEqual([
    {
      path: '/api/posts?kind=request',
      address: '192.0.2.7',
      headers: {
        accept: 'application/json',
        host: 'palier.test',
        cookie: 'palier_session=raw; palier_text=a%20b',
        'accept-language': 'en',
        'user-agent': 'a telephone',
      },
    },
  ]);
  expect(fetched).toEqual([]);
});

test('a referent’s page says for whom it reads, where it reads in their name', async () => {
  const { api, asked } = pageOf({ text: '{}' }, { id: 'session-1' });
  await api.get('/api/posts', { q: '/api/me' });
  await api.get('/api/me');
  expect(asked.map(({ headers }) => headers['palier-acting-for'])).toEqual(['session-1', undefined]);
});

test('cookies that the API sets come back with the page, and a refusal is one', async () => {
  const { api, given } = pageOf({
    status: 401,
    headers: { 'content-type': 'application/problem+json', 'set-cookie': ['palier_session=; Max-Age=0', 'other=1'] },
    text: '{"code":"session.required"}',
  });
  await expect(api.get('/api/me')).rejects.toMatchObject({ status: 401, code: 'session.required' });
  expect(given).toEqual(['palier_session=', 'other=1']);
});

test('what writes goes the whole way', async () => {
  const { api, asked, fetched } = pageOf({ text: '{}' });
  expect(await api.post('/api/posts', { title: 'Eau' })).toEqual({ id: 'made' });
  expect([asked, fetched]).toEqual([[], ['/api/posts']]);
});
