import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { WholePage } from './whole-page.ts';

const text = `<p>${'C’est déjà l’été sur le palier. '.repeat(100)}</p>`;
const asked = (accept = 'gzip') =>
  new Request('https://palier.test/autour', { headers: { 'accept-encoding': accept } });
/** What SvelteKit makes of a page that it believes empty. */
const emptied = () =>
  new Response('', { headers: { 'content-type': 'text/html', 'content-length': '0', etag: '"45h"' } });

test('a page kept back is sent whole, without the tag of an empty one', async () => {
  const page = new WholePage();
  expect(page.keep(text)).toBe('');
  const answer = await page.answer(asked('identity'), emptied(), true);
  expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
  expect(answer.headers.get('etag')).toBeNull();
  expect(await answer.text()).toBe(text);
});

test('it is gzipped where that is accepted, and never when it repeats a secret', async () => {
  const page = new WholePage();
  page.keep(text);
  const answer = await page.answer(asked(), emptied(), true);
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect([answer.headers.get('content-encoding'), answer.headers.get('vary')]).toEqual(['gzip', 'Accept-Encoding']);
  expect(answer.headers.get('content-length')).toBe(String(bytes.byteLength));
  expect(gunzipSync(bytes).toString()).toBe(text);
  const plain = await page.answer(asked(), emptied(), false);
  expect([plain.headers.get('content-encoding'), await plain.text()]).toEqual([null, text]);
});

test('the page of an error takes the place of the page that failed', async () => {
  const page = new WholePage();
  page.keep('<p>à demi</p>');
  page.keep(text);
  expect(await (await page.answer(asked('identity'), emptied(), true)).text()).toBe(text);
});

test('a page of last resort, a redirection and a page’s data stay as they are', async () => {
  const kept = new WholePage();
  kept.keep(text);
  const last = new Response('500', { status: 500, headers: { 'content-length': '3' } });
  expect(await kept.answer(asked(), last, true)).toBe(last);
  const data = Response.json({ type: 'data' });
  expect(await new WholePage().answer(asked(), data, true)).toBe(data);
  const away = new Response(null, { status: 303, headers: { location: '/connexion' } });
  expect(await new WholePage().answer(asked(), away, true)).toBe(away);
});

test('a page that goes on streams after its beginning', async () => {
  const page = new WholePage();
  page.keep('<p>un</p>');
  const rest = new Blob(['<p>deux</p>']).stream();
  expect(await (await page.answer(asked(), new Response(rest), true)).text()).toBe('<p>un</p><p>deux</p>');
});

test('pieces that were written before stand in their places, whatever they hold', async () => {
  const page = new WholePage();
  const [first, second] = ['<p>L’été $& "</p>', '"||[{"id":"é"}]||"'];
  const marks = [first, second].map((piece) => page.writeLater(Buffer.from(piece)));
  page.keep(`<ul>${marks[0]}</ul>${marks[0]}<script>f("${marks[1]}")</script>`);
  const answer = await page.answer(asked('identity'), emptied(), true);
  const text = `<ul>${first}</ul>${first}<script>f("${second}")</script>`;
  expect(await answer.text()).toBe(text);
  expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
});

test('the server that mounted the pages takes a whole page as it is', async () => {
  const page = new WholePage();
  page.keep(text);
  const server: { page?: Uint8Array | null } = { page: null };
  const answer = await page.answer(asked('identity'), emptied(), true, server);
  expect([answer.body, answer.headers.get('content-length')]).toEqual([null, String(Buffer.byteLength(text))]);
  expect(Buffer.from(server.page ?? []).toString()).toBe(text);
});
