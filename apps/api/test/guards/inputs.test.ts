import { expect, test } from 'vitest';
import { openHarness } from '../harness.ts';

const h = await openHarness();
const someone = await h.mintResident();
const send = (payload: string | Buffer, headers: Record<string, string> = {}) =>
  h.app.inject({
    method: 'PATCH',
    url: '/api/me',
    headers: { origin: h.env.origin.origin, cookie: someone.cookie, 'content-type': 'application/json', ...headers },
    payload,
  });

test('bytes that PostgreSQL cannot hold are refused before any statement', async () => {
  for (const text of ['"a\\u0000b"', '"a\\ud800b"', '"\\udc00"'])
    expect((await send(`{"displayName":${text}}`)).json().code).toBe('request.malformed');
  expect((await send(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]))).json().code).toBe('request.malformed');
  expect((await send(Buffer.from('{"displayName":"é"}', 'latin1'))).json().code).toBe('request.malformed');
  expect((await send(Buffer.from('\ufeff{"displayName":"é"}', 'utf16le'))).json().code).toBe('request.malformed');
});

test('nothing is coerced: an array, a number, null and "true" are not what they look like', async () => {
  for (const body of [
    { displayName: ['Jeanne'] },
    { displayName: 5 },
    { displayName: null },
    { radiusM: '1000' },
    { radiusM: [1000] },
    { radiusM: true },
    { largeText: 'true' },
    { largeText: 1 },
    { radiusM: 1000.5 },
  ])
    expect([JSON.stringify(body), (await send(JSON.stringify(body))).statusCode]).toEqual([JSON.stringify(body), 400]);
  for (const number of [
    '1e999',
    '-1e999',
    '1000.0000000001',
    '-0',
    '9007199254740993',
    '0x3E8',
    '01000',
    '+1000',
    'NaN',
  ])
    expect([number, (await send(`{"radiusM":${number}}`)).statusCode]).toEqual([number, 400]);
});

test('keys that nobody asked for are refused, and prototypes stay as they are', async () => {
  for (const body of [
    '{"role":"officer"}',
    '{"id":"x"}',
    '{"trust":"trusted"}',
    '{"__proto__":{"admin":true}}',
    '{"constructor":{"prototype":{"admin":true}}}',
    '{"skills":{"__proto__":[]}}',
  ])
    expect([body, (await send(body)).statusCode]).toEqual([body, 400]);
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});

test('a body over the limit, too deep, or not JSON gets a clear answer', async () => {
  expect((await send(`{"displayName":"${'a'.repeat(70_000)}"}`)).json().code).toBe('body.too-large');
  expect((await send(`${'['.repeat(20_000)}${']'.repeat(20_000)}`)).statusCode).toBe(400);
  expect((await send('{')).json().code).toBe('request.malformed');
  expect((await send('NaN')).json().code).toBe('request.malformed');
});

test('a POST that has nothing to say may come without a body, and lacks what it must say as with an empty one', async () => {
  const [author, helper] = [await h.mintResident(), await h.mintResident()];
  const draft = { kind: 'request', category: 'errands', title: 'Un pain et du lait' };
  const { post } = (await h.call('POST', '/posts', { as: author, body: draft })).body;
  const { status, body } = await h.call('POST', `/posts/${post.id}/favours`, { as: helper });
  expect([status, body.favour.state]).toEqual([201, 'accepted']);
  const [bare, empty] = [
    await h.call('POST', '/posts', { as: author }),
    await h.call('POST', '/posts', { as: author, body: {} }),
  ];
  expect([bare.status, bare.text]).toEqual([400, empty.text]);
});

test('a name is kept as it was meant: NFC, trimmed, up to sixty code points whatever they are', async () => {
  const answer = await send(JSON.stringify({ displayName: '  Zoe\u0308 👩‍👩‍👧 ' }));
  expect(answer.json().account.displayName).toBe('Zoë 👩‍👩‍👧');
  expect((await send(JSON.stringify({ displayName: '😀'.repeat(60) }))).statusCode).toBe(200);
  expect((await send(JSON.stringify({ displayName: '😀'.repeat(61) }))).statusCode).toBe(400);
  expect((await send(JSON.stringify({ displayName: '   ' }))).statusCode).toBe(400);
});

test('an address nobody serves is a JSON 404, in the language asked for', async () => {
  const answer = await h.call('GET', '/nothing/here', { headers: { 'accept-language': 'en-GB' } });
  expect([answer.status, answer.headers['content-type'], answer.body.code]).toEqual([
    404,
    'application/problem+json',
    'resource.absent',
  ]);
  expect(answer.body.detail).toMatch(/^We cannot find/);
  expect((await h.call('GET', '/nothing/here')).body.detail).toMatch(/^Nous ne trouvons pas/);
});
