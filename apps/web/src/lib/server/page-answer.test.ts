import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { compressPage } from './compress.ts';
import { setCaching, setSecurityHeaders } from './security-headers.ts';

const html = `<p>${'Un coup de main sur le palier. '.repeat(100)}</p>`;
const page = (headers: Record<string, string> = {}) =>
  new Response(html, {
    headers: {
      'content-type': 'text/html',
      'content-length': String(Buffer.byteLength(html)),
      etag: '"abc"',
      ...headers,
    },
  });
const ask = (accept: string | null) =>
  new Request('https://palier.test/', accept === null ? {} : { headers: { 'accept-encoding': accept } });

describe('compressPage', () => {
  test('gzips a page whose length is known', async () => {
    const answer = await compressPage(ask('gzip, br'), page());
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(answer.headers.get('content-length')).toBeNull();
    expect(answer.headers.get('etag')).toBe('W/"abc"');
    expect(answer.headers.get('vary')).toBe('Accept-Encoding');
    expect(gunzipSync(await answer.arrayBuffer()).toString()).toBe(html);
  });

  test('gzips a streamed page chunk by chunk', async () => {
    const chunks = ['<p>un</p>', '<p>deux</p>'];
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const body = new ReadableStream({
      async start(controller) {
        controller.enqueue(new TextEncoder().encode(chunks[0]));
        await held;
        controller.enqueue(new TextEncoder().encode(chunks[1]));
        controller.close();
      },
    });
    const answer = await compressPage(ask('gzip'), new Response(body, { headers: { 'content-type': 'text/html' } }));
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    const first = await reader.read(); // arrives while the second chunk is still held
    release();
    const parts = [first.value as Uint8Array];
    for (let next = await reader.read(); !next.done; next = await reader.read()) parts.push(next.value);
    expect(gunzipSync(Buffer.concat(parts)).toString()).toBe(chunks.join(''));
  });

  test.each([[null], ['br'], ['gzip;q=0'], ['gzip;q=0.0, br']])('leaves it as it is for %s', async (accept) => {
    const answer = await compressPage(ask(accept), page());
    expect(answer.headers.get('content-encoding')).toBeNull();
    expect(await answer.text()).toBe(html);
  });

  test('leaves what is no page', async () => {
    expect(
      (await compressPage(ask('gzip'), page({ 'content-type': 'application/json' }))).headers.get('content-encoding'),
    ).toBeNull();
  });
});

describe('headers of a page', () => {
  const headersFor = (url: string, type = 'text/html', policy?: string, mapStyle: string | null = null) => {
    const headers = new Headers({ 'content-type': type, ...(policy && { 'content-security-policy': policy }) });
    setSecurityHeaders(headers, new URL(url), mapStyle);
    return headers;
  };
  test('name the live socket in the policy, by the page’s own scheme', () => {
    const policy = "script-src 'self' 'nonce-x'; connect-src 'self'";
    expect(headersFor('https://palier.test/', 'text/html', policy).get('content-security-policy')).toContain(
      "connect-src 'self' wss://palier.test",
    );
    expect(headersFor('http://localhost:3000/', 'text/html', policy).get('content-security-policy')).toContain(
      "connect-src 'self' ws://localhost:3000",
    );
  });
  test('let the host of the map’s style be asked for its ground, and nobody else', () => {
    const policy = "script-src 'self' 'nonce-x'; img-src 'self' data: blob:; connect-src 'self'";
    const style = 'https://tiles.example:8443/styles/plain.json?key=1';
    const said = headersFor('https://palier.test/', 'text/html', policy, style).get('content-security-policy');
    expect(said).toBe(
      "script-src 'self' 'nonce-x'; img-src 'self' data: blob: https://tiles.example:8443; connect-src 'self' wss://palier.test https://tiles.example:8443",
    );
    expect(headersFor('https://palier.test/', 'text/html', policy).get('content-security-policy')).not.toContain(
      'https:',
    );
  });
  test('give a page without a policy one that runs no script', () => {
    expect(headersFor('https://palier.test/').get('content-security-policy')).toMatch(
      /^default-src 'none'.*frame-ancestors 'none'/,
    );
  });
  test('ask for https only over https', () => {
    expect(headersFor('https://palier.test/').get('strict-transport-security')).toMatch(/max-age=63072000/);
    expect(headersFor('http://localhost/').get('strict-transport-security')).toBeNull();
  });
  test('never ask browsers to hide the referrer from ourselves', () => {
    expect(headersFor('https://palier.test/').get('referrer-policy')).toBe('same-origin');
  });
  test('keep a signed-in page out of every cache', () => {
    const signedIn = new Headers({ 'cache-control': 'public' });
    setCaching(signedIn, true);
    expect(signedIn.get('cache-control')).toBe('private, no-store');
    const visitor = new Headers();
    setCaching(visitor, false);
    expect(visitor.get('vary')).toBe('Cookie, Accept-Language');
  });
});
