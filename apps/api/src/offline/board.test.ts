import { schema } from '@palier/db';
import { boardNumber } from '@palier/domain/offline';
import { eq } from 'drizzle-orm';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { mintReferent, openScreen as mintScreen } from '../../test/offline.ts';
import { mintPost } from '../../test/posts.ts';

const h = await openHarness();
const stage = async () => {
  const home = await h.mintResidence();
  const referent = await mintReferent(h, home.id);
  const author = await h.mintResident({ residenceId: home.id, displayName: 'Zéphyrine' });
  const stranger = await mintReferent(h, (await h.mintResidence()).id);
  return { home, referent, author, stranger };
};
const hourMs = 3_600_000;
const inHours = (n: number) => new Date(Date.now() + n * hourMs);
const titlesOf = (body: { posts: { title: string }[] }) => body.posts.map(({ title }) => title).sort();

const openScreen = async (home: { id: string }, as: { cookie: string }) => {
  const screen = await mintScreen(h, as, home.id);
  return { ...screen, read: () => h.call('GET', `/hall/${screen.token}`) };
};

test('the board and the screen show what authors ticked, and never what tells of absence or frailty', async () => {
  const { home, referent, author } = await stage();
  const neighbour = await h.mintResident();
  const shown = { hall: true, windowFrom: inHours(2), windowTo: inHours(4) };
  await mintPost(h, author, { title: 'Porter un carton', ...shown });
  await mintPost(h, author, { title: 'Prêter une échelle', kind: 'offer', hall: true });
  const hidden: Parameters<typeof mintPost>[2][] = [
    { title: 'Pas coché' },
    { title: 'Passer me voir', category: 'company', hall: true },
    { title: 'Canicule', category: 'heat-check', hall: true },
    { title: 'Dossier', category: 'paperwork', hall: true },
    { title: 'Sortie d’école', category: 'childcare', hall: true },
    { title: 'Arroser mes plantes', category: 'garden', hall: true },
    { title: 'Nourrir le chat', category: 'pets', hall: true, windowFrom: inHours(24), windowTo: inHours(200) },
    { title: 'Relever le courrier', details: 'Je serai absente deux semaines', hall: true },
    { title: 'Des courses pour une dame de 84 ans', hall: true },
    { title: 'Porter mes médicaments', hall: true },
    { title: 'Pour mon escalier', audience: 'stair', hall: true },
    { title: 'C’est pris', state: 'filled', taken: 1, hall: true },
    { title: 'En attente', state: 'held', hall: true },
    { title: 'Retirée', state: 'removed', hall: true },
    { title: 'Trop tard', expiresAt: inHours(-1), hall: true },
  ];
  for (const change of hidden) await mintPost(h, author, change);
  await mintPost(h, neighbour, { title: 'D’ailleurs', hall: true });
  const board = await h.call('GET', `/residences/${home.id}/board`, { as: referent });
  expect(titlesOf(board.body)).toEqual(['Porter un carton', 'Prêter une échelle']);
  const [first] = board.body.posts;
  expect(first.number).toBe(boardNumber(first.postId));
  expect(first.url).toBe(`http://localhost:3000/annonces/${first.postId}`);
  const screen = await openScreen(home, referent);
  const hall = await screen.read();
  expect(titlesOf(hall.body)).toEqual(['Porter un carton', 'Prêter une échelle']);
  expect(Object.keys(hall.body.posts[0]).sort()).toEqual([
    'category',
    'helpersMissing',
    'kind',
    'title',
    'urgent',
    'window',
  ]);
  for (const secret of ['Zéphyrine', author.id, home.id, first.postId, 'Les Tilleuls', 'rue des Essais'])
    expect([secret, hall.text.includes(secret)]).toEqual([secret, false]);
  expect(board.text).not.toContain('Zéphyrine');
  expect(hall.headers['x-robots-tag']).toBe('noindex');
});

test('what ends, is taken down or unticked leaves the screen at its next look', async () => {
  const { home, referent, author } = await stage();
  const screen = await openScreen(home, referent);
  for (const change of [{ state: 'removed' }, { hall: false }, { state: 'withdrawn' }] as const) {
    const post = await mintPost(h, author, { hall: true });
    expect((await screen.read()).body.posts).toHaveLength(1);
    await h.db
      .update(schema.posts)
      .set(change)
      .where(eq(schema.posts.id, post.id ?? ''));
    expect((await screen.read()).body.posts).toEqual([]);
  }
});

test('an address is kept hashed, opened and taken away by whoever looks after the residence alone', async () => {
  const { home, referent, author, stranger } = await stage();
  const url = `/residences/${home.id}/hall-screens`;
  expect((await h.call('POST', url, { as: stranger })).status).toBe(404);
  expect((await h.call('POST', url, { as: author })).status).toBe(403);
  const screen = await openScreen(home, referent);
  expect(screen.token).toMatch(/^[\w-]{43}$/);
  const rows = await h.db.select().from(schema.hallScreens).where(eq(schema.hallScreens.residenceId, home.id));
  expect(JSON.stringify(rows)).not.toContain(screen.token);
  const list = await h.call('GET', url, { as: referent });
  expect(list.body.items).toMatchObject([{ id: screen.id }]);
  expect(list.text).not.toContain(screen.token);
  expect((await h.call('DELETE', `/hall-screens/${screen.id}`, { as: stranger })).status).toBe(404);
  const ends = await Promise.all(
    Array.from({ length: 20 }, () => h.call('DELETE', `/hall-screens/${screen.id}`, { as: referent })),
  );
  expect(ends.filter(({ status }) => status === 204)).toHaveLength(1);
  expect((await screen.read()).status).toBe(404);
  expect((await h.call('GET', `/hall/${'a'.repeat(43)}`)).status).toBe(404);
});

const textOf = async (pdf: Uint8Array) => {
  const document = await getDocument({ data: pdf, verbosity: 0 }).promise;
  const pages = await Promise.all(
    Array.from({ length: document.numPages }, async (_, n) => {
      const { items } = await (await document.getPage(n + 1)).getTextContent();
      return items.map((item) => ('str' in item ? item.str : '')).join(' ');
    }),
  );
  return pages;
};

test('the board prints on A4 with its words, its numbers and its fonts within; an empty one teaches', async () => {
  const { home, referent, author, stranger } = await stage();
  const print = (as: { cookie: string }) =>
    h.app.inject({ method: 'GET', url: `/api/residences/${home.id}/board.pdf`, headers: { cookie: as.cookie } });
  const empty = await print(referent);
  expect(empty.headers['content-type']).toBe('application/pdf');
  expect((await textOf(new Uint8Array(empty.rawPayload))).join(' ')).toContain('cochez');
  const posts = [];
  for (let n = 1; n <= 6; n++) posts.push(await mintPost(h, author, { title: `Réparer l’étagère ${n}`, hall: true }));
  const answer = await print(referent);
  const pages = await textOf(new Uint8Array(answer.rawPayload));
  expect(pages).toHaveLength(2);
  const text = pages.join(' ');
  expect(text).toContain('Cette semaine, entre voisins');
  for (const [n, post] of posts.entries()) {
    expect(text).toContain(`Réparer l’étagère ${n + 1}`);
    expect(text).toContain(boardNumber(post.id ?? ''));
  }
  expect(text).not.toContain('Zéphyrine');
  const raw = answer.rawPayload.toString('latin1');
  expect(raw.match(/\/FontFile[23]/g)?.length).toBeGreaterThanOrEqual(2);
  expect(raw).toContain('/MediaBox [0 0 595.28 841.89]');
  expect((await print(stranger)).statusCode).toBe(404);
});

test('the board is printed by a POST of its own name too, in the language asked for, for whoever looks after the residence alone', async () => {
  const { home, referent, author, stranger } = await stage();
  await mintPost(h, author, { title: 'Porter un carton', hall: true, windowFrom: inHours(2), windowTo: inHours(4) });
  const at = `/residences/${home.id}/board`;
  const printed = await h.app.inject({
    method: 'POST',
    url: `/api${at}`,
    headers: { cookie: referent.cookie, origin: h.env.origin.origin },
  });
  expect([printed.statusCode, printed.headers['content-type']]).toEqual([200, 'application/pdf']);
  const paper = await getDocument({ data: new Uint8Array(printed.rawPayload) }).promise;
  expect(paper.numPages).toBe(1);
  const statusOf = async (as: { cookie: string }, body: object) => (await h.call('POST', at, { as, body })).status;
  expect(await statusOf(referent, { locale: 'en' })).toBe(200);
  expect(await statusOf(referent, { locale: 'de' })).toBe(400);
  expect([await statusOf(stranger, {}), await statusOf(author, {})]).toEqual([404, 403]);
});
