import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { expect, test } from 'vitest';
import { openHarness } from '../harness.ts';

const h = await openHarness();
await h.app.listen({ port: 0, host: '127.0.0.1' });
const { port } = h.app.server.address() as AddressInfo;
const { host, origin } = h.env.origin;
const someone = await h.mintResident();

/** What its sender leaves in the middle, hanging up: nothing else would end it before the server's own patience of ten seconds. */
const leftUnfinished = new Set(['a body shorter than said']);

/** Sends bytes as they are and answers all that comes back until the server closes the connection. */
const exchange = async (bytes: string | Buffer, hangsUp: boolean): Promise<string> => {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  let heard = '';
  socket.on('data', (data) => {
    heard += data.toString('latin1');
  });
  if (hangsUp) socket.end(bytes);
  else socket.write(bytes);
  await once(socket, 'close');
  return heard;
};
const statusesOf = (heard: string) => [...heard.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
const head = (line: string, ...headers: string[]) =>
  [line, `Host: ${host}`, `Origin: ${origin}`, `Cookie: ${someone.cookie}`, ...headers, '', ''].join('\r\n');
const json = 'Content-Type: application/json';

/** What a program that is no browser may write on the wire (B2, B4, B10). */
const wires: Record<string, string | Buffer> = {
  'a header of 20,000 bytes': head('GET /api/me HTTP/1.1', `X-Long: ${'h'.repeat(20_000)}`),
  'a path of 20,000 bytes': head(`GET /api/posts/${'a'.repeat(20_000)} HTTP/1.1`),
  'a length and chunks': `${head('PATCH /api/me HTTP/1.1', json, 'Content-Length: 4', 'Transfer-Encoding: chunked')}0\r\n\r\nDELETE /api/session HTTP/1.1\r\n\r\n`,
  'two lengths': `${head('PATCH /api/me HTTP/1.1', json, 'Content-Length: 2', 'Content-Length: 20')}{}`,
  'a length of letters': `${head('PATCH /api/me HTTP/1.1', json, 'Content-Length: 1e1')}{}`,
  'chunks twice named': `${head('PATCH /api/me HTTP/1.1', json, 'Transfer-Encoding: chunked, chunked')}0\r\n\r\n`,
  'a chunk that is none': `${head('PATCH /api/me HTTP/1.1', json, 'Transfer-Encoding: chunked')}ZZ\r\n{}\r\n0\r\n\r\n`,
  'a body shorter than said': `${head('PATCH /api/me HTTP/1.1', json, 'Content-Length: 3000', 'Connection: close')}{"displayName":"x"}`,
  'a body of ten megabytes said': head('PATCH /api/me HTTP/1.1', json, 'Content-Length: 10485760'),
  'an absolute address of another site': head(
    'PATCH http://evil.test/api/me HTTP/1.1',
    json,
    'Content-Length: 0',
    'Connection: close',
  ),
  'two origins': head(
    'PATCH /api/me HTTP/1.1',
    'Origin: https://evil.test',
    json,
    'Content-Length: 0',
    'Connection: close',
  ),
  'no host': 'GET /api/health HTTP/1.1\r\n\r\n',
  'a method of no kind': head('BREW /api/me HTTP/1.1'),
  'a header with a NUL': head('GET /api/me HTTP/1.1', 'X-Nul: a\0b'),
  'a header folded': head('GET /api/me HTTP/1.1', 'X-Fold: a', ' b'),
  'bytes that are no request': Buffer.from(Array.from({ length: 300 }, (_, n) => (n * 131) % 256)),
  'empty lines before a request': `${'\r\n'.repeat(2_000)}${head('GET /api/nothing HTTP/1.1', 'Connection: close')}`,
};

test.each(Object.entries(wires))('%s: refused, nothing told, nothing broken', async (name, bytes) => {
  const heard = await exchange(bytes, leftUnfinished.has(name));
  expect(statusesOf(heard)).toEqual([expect.toSatisfy((status: number) => status >= 400 && status < 500)]);
  expect(heard).not.toMatch(/node_modules|\bat .+\.(?:ts|js):\d|displayName/);
  expect((await h.call('GET', '/me', { as: someone })).body.account.displayName).toBe('Camille');
});

test('every answer of the API says what a browser may do with it', async () => {
  for (const url of ['/me', '/posts', '/nothing', '/health', '/instance']) {
    const { headers } = await h.call('GET', url, { as: someone });
    expect([url, headers['x-content-type-options'], headers['referrer-policy']]).toEqual([
      url,
      'nosniff',
      'same-origin',
    ]);
    expect(String(headers['content-security-policy'])).toContain("default-src 'none'");
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['access-control-allow-origin']).toBeUndefined();
  }
});
