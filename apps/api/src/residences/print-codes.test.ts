import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { mintStaff } from '../../test/staff.ts';
import { drawInvitations } from './draw-invitations.ts';

const h = await openHarness();
const home = await h.mintResidence();
const referent = await mintStaff(h, { residenceId: home.id });
type Kind = 'poster' | 'slip' | 'letter';
const make = async (kind: Kind, count = 1): Promise<string[]> => {
  const made = await h.call('POST', `/residences/${home.id}/invitations`, { as: referent, body: { kind, count } });
  return made.body.invitations.map(({ code }: { code: string }) => code);
};
const print = (body: object, as: { cookie: string } = referent) =>
  h.app.inject({
    method: 'POST',
    url: `/api/residences/${home.id}/prints`,
    headers: { host: h.env.origin.host, origin: h.env.origin.origin, cookie: as.cookie },
    payload: body,
  });
const readPdf = async (bytes: Buffer) => {
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let n = 1; n <= document.numPages; n++) {
    const { items } = await (await document.getPage(n)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
  }
  return pages;
};

test('a poster is one page with its code, its words in either language and its fonts within', async () => {
  const codes = await make('poster');
  const french = await print({ kind: 'poster', codes, locale: 'fr' });
  expect([french.statusCode, french.headers['content-type']]).toEqual([200, 'application/pdf']);
  expect(french.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  expect(french.rawPayload.toString('latin1')).toMatch(/FontFile[23]/);
  const [page, ...others] = await readPdf(french.rawPayload);
  expect(others).toEqual([]);
  expect(page).toContain(codes[0]);
  expect(page).toContain('on se rend service');
  const [english] = await readPdf((await print({ kind: 'poster', codes, locale: 'en' })).rawPayload);
  expect(english).toContain('Neighbours lend each other a hand');
});

test('slips are eight on one page, letters a page each', async () => {
  const slips = await make('slip', 8);
  const [sheet, ...more] = await readPdf(
    (await print({ kind: 'slip', codes: slips, locale: 'fr', names: ['', 'Mme Brun'] })).rawPayload,
  );
  expect(more).toEqual([]);
  expect(sheet).toContain('Mme Brun');
  for (const code of slips) expect(sheet).toContain(code);
  const letters = await make('letter', 2);
  const pages = await readPdf(
    (await print({ kind: 'letter', codes: letters, locale: 'fr', names: ['Mme Roux', 'M. Petit'] })).rawPayload,
  );
  expect(
    pages.map((page, n) => page.includes(letters[n] ?? '-') && page.includes(['Mme Roux', 'M. Petit'][n] ?? '-')),
  ).toEqual([true, true]);
});

test('the longest names are written over nothing: neither over the code nor over each other', async () => {
  const name = 'Résidence Les Œillets de la Montée de Saint-Barthélemy-le-Vieux';
  const link = 'https://entraide.saint-barthelemy-le-vieux.example.org/entrer?code=x';
  const codes = Array.from({ length: 8 }, (_, n) => ({ code: `KJ7F-${n}QWX-MMDA-77WH`, link, name }));
  for (const locale of ['fr', 'en'] as const) {
    const host = 'entraide.saint-barthelemy-le-vieux.example.org';
    const bytes = await drawInvitations({ kind: 'slip', residence: name, host, codes }, locale);
    const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
    expect(document.numPages).toBe(1);
    const { items } = await (await document.getPage(1)).getTextContent();
    const left = items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [item] : []));
    const lines = left.flatMap(({ transform: [, , , size, x, y] }) => (x < 290 ? [{ size, y }] : []));
    expect(lines.length).toBeGreaterThan(4 * 6);
    const tight = lines
      .sort((one, other) => other.y - one.y)
      .filter(({ size, y }, n) => (lines[n - 1]?.y ?? 999) - y < size);
    expect(tight).toEqual([]);
    for (const [row, height] of [0, 1, 2, 3].map((n) => [n, 841.89 / 4] as const)) {
      const within = lines.filter(({ y }) => Math.floor((841.89 - y) / height) === row);
      expect([row, within.length]).toEqual([row, lines.length / 4]);
    }
  }
});

test('refuses the stranger, and codes that open another residence or none any more', async () => {
  const codes = await make('poster');
  const stranger = await mintStaff(h, { residenceId: (await h.mintResidence()).id });
  expect((await print({ kind: 'poster', codes, locale: 'fr' }, stranger)).statusCode).toBe(404);
  const foreign = await h.mintInvitation((await h.mintResidence()).id);
  expect((await print({ kind: 'poster', codes: [foreign.code], locale: 'fr' })).json().code).toBe('invitation.absent');
  expect((await print({ kind: 'poster', codes: ['x'.repeat(16)], locale: 'fr' })).statusCode).toBe(404);
});
