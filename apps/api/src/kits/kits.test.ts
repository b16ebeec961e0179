import { KitPaper, KitSlug } from '@palier/domain/kits';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, test, vi } from 'vitest';
import { openHarness } from '../../test/harness.ts';

const h = await openHarness({}, {}, undefined, true);
const { commune } = await h.mintResidence();
const take = (path: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
  h.app.inject({ method, url: `/api/kits/${path}`, headers: { host: h.env.origin.host, ...headers } });
const readPdf = async (bytes: Buffer): Promise<string[]> => {
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let n = 1; n <= document.numPages; n++) {
    const { items } = await (await document.getPage(n)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
  }
  return pages;
};
/** How far the words of the first page stay above its foot, in points. */
const roomAboveFoot = async (bytes: Buffer): Promise<number> => {
  const page = await (await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise).getPage(1);
  const { items } = await page.getTextContent();
  const lines = items.flatMap((item) =>
    'str' in item && item.str.trim() ? [{ text: item.str, y: item.transform[5] }] : [],
  );
  const foot = lines.find(({ text }) => /^(Urgence|Emergency)/.test(text))?.y ?? 0;
  return Math.min(...lines.flatMap(({ y }) => (y > foot ? [y - foot] : [])));
};
const counts = async (): Promise<Record<string, number>> => {
  const { rows } = await h.pool.query<{ key: string; count: number }>(
    `select slug || ' ' || paper || ' ' || locale || ' ' || commune as key, count from kit_downloads`,
  );
  return Object.fromEntries(rows.map(({ key, count }) => [key, count]));
};

test('the list holds every kit, in the language asked, with a tag that answers 304', async () => {
  const { body, headers } = await h.call('GET', '/kits', { headers: { 'accept-language': 'en' } });
  expect(body.items.map(({ slug }: { slug: string }) => slug)).toEqual(KitSlug.options);
  expect(body.items[0]).toMatchObject({ title: 'Heatwave', downloads: 0 });
  expect([headers['cache-control'], headers['content-language']]).toEqual(['public, no-cache', 'en']);
  const again = await h.call('GET', '/kits?locale=en', { headers: { 'if-none-match': String(headers.etag) } });
  expect([again.status, again.text]).toEqual([304, '']);
  const french = await h.call('GET', '/kits', { headers: { 'if-none-match': String(headers.etag) } });
  expect([french.status, french.body.items[0].title]).toEqual([200, 'Canicule']);
});

test('a kit is read whole, with its papers; one that is not there is absent', async () => {
  const { body } = await h.call('GET', '/kits/flood?locale=fr');
  expect(body).toMatchObject({ slug: 'flood', title: 'Inondation', emergency: ['15', '18', '112', '114'] });
  expect(body.papers.map(({ paper }: { paper: string }) => paper)).toEqual(KitPaper.options);
  for (const { href } of body.papers) expect((await take(href.replace('/api/kits/', ''))).statusCode).toBe(200);
  for (const path of ['/kits/earthquake', '/kits/earthquake/download'])
    expect((await h.call('GET', path)).body).toMatchObject({ status: 404, code: 'resource.absent' });
});

describe('papers', () => {
  test.each([
    ['poster', 1, 'On passe se voir'],
    ['slips', 1, 'je suis votre voisin'],
    ['turns', 1, 'Qui remplace'],
    ['checklist', 1, 'Un lieu frais est repéré'],
    ['kit', 6, 'Canicule info service'],
    ['kit', 6, 'Conseils pratiques de voisins'],
  ])('%s fills %i pages, with its words, the emergency numbers and its fonts within', async (paper, pages, words) => {
    const { rawPayload, headers } = await take(`heatwave/download?paper=${paper}&locale=fr`);
    expect(headers).toMatchObject({ 'content-type': 'application/pdf', 'cache-control': 'public, no-cache' });
    expect(rawPayload.toString('latin1')).toMatch(/FontFile[23]/);
    const read = await readPdf(rawPayload);
    expect(read).toHaveLength(pages);
    expect(read.join(' ')).toContain(words);
    for (const page of read) expect(page).toMatch(/15 Samu.*18 Pompiers.*112.*114/);
  });

  test('every kit fits its pages in both languages, and is the same bytes in another process', async () => {
    const other = await openHarness({}, {}, undefined, true);
    for (const slug of KitSlug.options)
      for (const locale of ['fr', 'en']) {
        const { rawPayload, headers } = await take(`${slug}/download?locale=${locale}`);
        expect([slug, locale, rawPayload.toString('latin1').match(/\/Type \/Page\b/g)?.length]).toEqual([
          slug,
          locale,
          6,
        ]);
        expect([slug, locale, await roomAboveFoot(rawPayload)]).toEqual([
          slug,
          locale,
          expect.toSatisfy((pt) => pt > 24),
        ]);
        if (slug !== 'flood') continue;
        const url = `/api/kits/${slug}/download?locale=${locale}`;
        const theirs = await other.app.inject({ url, headers: { host: h.env.origin.host } });
        expect([theirs.headers.etag, theirs.rawPayload.equals(rawPayload)]).toEqual([headers.etag, true]);
      }
  }, 60_000);
});

test('a whole 200 counts; a 304, a HEAD, a part and a refusal do not', async () => {
  const path = 'transport-strike/download?paper=slips&locale=fr';
  const first = await take(path);
  const etag = String(first.headers.etag);
  const size = first.rawPayload.length;
  const others = await Promise.all([
    take(path, { 'if-none-match': etag }),
    take(path, { 'if-none-match': `"x", W/${etag}` }),
    take(path, { 'if-none-match': '*' }),
    take(path, {}, 'HEAD'),
    take(path, { range: 'bytes=0-' }),
    take(path, { range: 'bytes=10-19', 'if-range': etag }),
    take(path, { range: `bytes=${size}-` }),
    take('transport-strike/download?paper=hat'),
  ]);
  expect(others.map(({ statusCode }) => statusCode)).toEqual([304, 304, 304, 200, 206, 206, 416, 400]);
  expect(others[5]?.rawPayload.equals(first.rawPayload.subarray(10, 20))).toBe(true);
  expect(others[5]?.headers['content-range']).toBe(`bytes 10-19/${size}`);
  expect(others[3]?.headers['content-length']).toBe(String(size));
  const whole = await take(path, { range: 'bytes=10-19', 'if-range': '"another"' });
  expect([whole.statusCode, whole.rawPayload.length]).toEqual([200, size]);
  await take(`${path}&commune=${commune}`);
  await take(`${path}&commune=75056`); // nobody lives there in this database
  await take(`${path}&commune=zzzzz`);
  await vi.waitFor(
    async () => {
      const seen = await counts();
      expect(seen['transport-strike slips fr ']).toBe(4);
      expect(seen[`transport-strike slips fr ${commune}`]).toBe(1);
    },
    { timeout: 10_000, interval: 50 },
  );
  const { body } = await h.call('GET', '/kits/transport-strike');
  const ofKit = Object.entries(await counts()).filter(([key]) => key.startsWith('transport-strike '));
  expect(body.downloads).toBe(ofKit.reduce((sum, [, count]) => sum + count, 0));
});
