import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { dayMs, openMatching } from '../../test/matching.ts';
import { mintPost } from '../../test/posts.ts';
import { newId } from '../ids.ts';
import { endMatching, matchPost, tellPost } from '../matching/index.ts';

const m = await openMatching('2026-11-10T11:00:00Z');
const { h, mint, spot } = m;

/** A neighbour who was told of a request of the same stair. */
const scene = async () => {
  const home = await m.mintResidence({ cell: spot()(), stairs: 1 });
  const on = { residenceId: home.id, stairId: home.stairs[0]?.id ?? null };
  const [author, told] = [await mint(on), await mint({ ...on, skills: ['errands'] })];
  const post = await mintPost(h, author, {
    title: 'Du pain',
    createdAt: m.now(),
    expiresAt: new Date(m.now().getTime() + 9 * dayMs),
  });
  await matchPost(m.job(), { postId: post.id });
  await tellPost(m.job(), post.id);
  const list = async (as: { cookie: string } = told) => (await h.call('GET', '/notifications', { as })).body;
  const set = (change: Partial<typeof schema.posts.$inferInsert>) =>
    h.db.update(schema.posts).set(change).where(eq(schema.posts.id, post.id));
  return { home, author, told, post, list, set };
};
const read = (as: { cookie: string }, body: object) => h.call('POST', '/notifications/read', { as, body });

test('whoever was told reads what and why, and who I am counts it', async () => {
  const { told, list, post } = await scene();
  const { status, headers } = await h.call('GET', '/notifications', { as: told });
  expect([status, /^\d+$/.test(String(headers['palier-seq']))]).toEqual([200, true]);
  const { items, unread, next } = await list();
  expect([unread, next]).toEqual([1, null]);
  expect(items).toMatchObject([
    {
      kind: 'ask',
      title: 'Un voisin a besoin d’un coup de main',
      post: { id: post.id, title: 'Du pain', state: 'open' },
      reasons: [{ code: 'same-stair' }, { code: 'same-category', text: 'vous avez dit pouvoir aider ainsi' }],
      read: false,
    },
  ]);
  expect((await h.call('GET', '/me', { as: told })).body.unread.notifications).toBe(1);
});

test('whoever comes too late reads kindly that it is taken, and whoever said yes that they did', async () => {
  const { told, list, set, post } = await scene();
  await set({ state: 'filled', taken: 1 });
  expect((await list()).items[0]).toMatchObject({ title: 'C’est pris, merci\u202f!', reasons: [] });
  await set({ state: 'withdrawn', taken: 0 });
  expect((await list()).items[0].title).toBe('Plus besoin de réponse');
  await set({ state: 'open' });
  await h.call('POST', `/posts/${post.id}/favours`, { as: told, body: {} });
  expect((await list()).items[0].title).toBe('Vous avez dit oui');
});

test('what is no longer theirs to see is no longer said, not even its title', async () => {
  const { told, author, list } = await scene();
  await h.db.insert(schema.blocks).values({ residentId: author.id, blockedId: told.id });
  const answer = await list();
  expect(answer.items).toMatchObject([{ post: null, title: 'Cette annonce n’est plus visible', reasons: [] }]);
  expect(JSON.stringify(answer)).not.toContain('Du pain');
});

test('an author whose post ended by itself hears of it once', async () => {
  const { author, list, set, post } = await scene();
  await set({ state: 'expired' });
  await Promise.all(Array.from({ length: 5 }, () => endMatching(m.job(), { postId: post.id })));
  expect((await list(author)).items).toMatchObject([
    { kind: 'expired', title: 'Votre annonce est arrivée à son terme' },
  ]);
});

test('pages follow each other without a gap, and a cursor is its reader’s alone', async () => {
  const { told, author } = await scene();
  for (let n = 0; n < 5; n++) {
    const post = await mintPost(h, author, { title: `Annonce ${n}` });
    await h.db
      .insert(schema.notifications)
      .values({ id: newId(), accountId: told.accountId, kind: 'interest', postId: post.id, createdAt: m.now() });
  }
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const { body }: { body?: { items: { id: string }[]; next: string | null } } = await h.call(
      'GET',
      `/notifications?limit=2${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      { as: told },
    );
    seen.push(...(body?.items.map(({ id }) => id) ?? []));
    if (body?.next)
      expect(
        (await h.call('GET', `/notifications?cursor=${encodeURIComponent(body.next)}`, { as: author })).status,
      ).toBe(400);
    cursor = body?.next ?? null;
  } while (cursor);
  expect(new Set(seen).size).toBe(6);
  expect(seen).toHaveLength(6);
});

test('marking read: some, then all, by twenty at once; another’s stay as they are', async () => {
  const { told, list } = await scene();
  const other = await scene();
  const [{ id }] = (await list()).items;
  expect((await read(other.told, { ids: [id] })).body).toEqual({ unread: 1 });
  expect((await list()).unread).toBe(1);
  const answers = await Promise.all(Array.from({ length: 20 }, () => read(told, { ids: [id] })));
  expect(answers.map(({ body }) => body.unread)).toEqual(Array.from({ length: 20 }, () => 0));
  expect((await list()).items[0].read).toBe(true);
  expect((await read(told, { all: true })).body).toEqual({ unread: 0 });
  expect([(await read(told, {})).status, (await read(told, { ids: [] })).status]).toEqual([400, 400]);
});

test('opening a post reads what speaks of it and of its favours, and nothing else', async () => {
  const { told, author, post, list } = await scene();
  const other = await mintPost(h, author, { title: 'Autre' });
  const values = { accountId: told.accountId, createdAt: m.now() };
  const { body } = await h.call('POST', `/posts/${post.id}/favours`, { as: told, body: {} });
  await h.db.insert(schema.notifications).values([
    { ...values, id: newId(), kind: 'interest', postId: other.id },
    { ...values, id: newId(), kind: 'outcome', favourId: body.favour.id },
  ]);
  expect((await list()).unread).toBe(3);
  expect((await read(told, { postId: post.id })).body).toEqual({ unread: 1 });
  expect((await list()).items.find(({ read: isRead }: { read: boolean }) => !isRead).post.title).toBe('Autre');
});

test('an account without a resident has a list of its own', async () => {
  const account = await h.mintAccount();
  expect((await h.call('GET', '/notifications', { as: account })).body).toEqual({ items: [], next: null, unread: 0 });
  expect((await h.call('GET', '/notifications')).status).toBe(401);
});

test('a resident is remembered as here once a day at most', async () => {
  const me = await mint({ lastSeenAt: new Date(m.now().getTime() - 40 * dayMs) });
  const seenAt = async () =>
    (await h.db.select().from(schema.residents).where(eq(schema.residents.id, me.id)))[0]?.lastSeenAt.getTime();
  await h.call('GET', '/me', { as: me });
  const first = await seenAt();
  expect(first).toBe(m.now().getTime());
  m.pass(3_600_000);
  await h.call('GET', '/me', { as: me });
  expect(await seenAt()).toBe(first);
});
