import { schema } from '@palier/db';
import { eq, or } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { dayMs, openMatching } from '../../test/matching.ts';
import { eventsOf, mintPost } from '../../test/posts.ts';
import { endMatching, matchPost } from './index.ts';

const noon = '2026-11-10T11:00:00Z';
const m = await openMatching(noon);
const { h, mint, spot } = m;
beforeEach(() => m.at(noon));

type Someone = Awaited<ReturnType<typeof mint>>;
const write = (author: Someone, change: Parameters<typeof mintPost>[2]) =>
  mintPost(h, author, { createdAt: m.now(), expiresAt: new Date(m.now().getTime() + 14 * dayMs), ...change });
const match = (postId: string) => matchPost(m.job(), { postId });
const matchesOf = (as: Someone, postId: string) => h.call('GET', `/posts/${postId}/matches`, { as });
const leak = { category: 'repair', title: 'Une fuite sous l’évier', details: 'Le robinet goutte depuis hier' } as const;

/** An author, a neighbour on the stair who offers repairs, one of the residence who sews. */
const scene = async () => {
  const at = spot();
  const home = await m.mintResidence({ cell: at() });
  const [stair, other] = home.stairs.map(({ id }) => id);
  const author = await mint({ residenceId: home.id, stairId: stair });
  const plumber = await mint({ residenceId: home.id, stairId: stair, displayName: 'Paul' });
  const tailor = await mint({ residenceId: home.id, stairId: other });
  const offer = await write(plumber, { kind: 'offer', category: 'repair', title: 'Je répare robinets et fuites' });
  const sewing = await write(tailor, { kind: 'offer', category: 'sewing', title: 'Je fais vos ourlets' });
  await m.at(noon);
  return { at, home, author, plumber, tailor, offer, sewing };
};

test('a new request finds the offers that its author may see, the better first, with reasons in the reader’s language', async () => {
  const { at, author, plumber, offer } = await scene();
  const farther = await mint({ cell: at(600) });
  const second = await write(farther, { kind: 'offer', category: 'repair', title: 'Bricolage' });
  const hidden = await write(farther, {
    kind: 'offer',
    category: 'repair',
    title: 'Bricolage entre nous',
    audience: 'residence',
  });
  await m.at(noon);
  const request = await write(author, leak);
  expect(await match(request.id)).toBe(true);
  const { status, body, headers } = await matchesOf(author, request.id);
  expect(status).toBe(200);
  expect(headers['palier-seq']).toMatch(/^\d+$/);
  expect(body.offers.map((one: { post: { id: string } }) => one.post.id)).toEqual([offer.id, second.id]);
  expect(JSON.stringify(body)).not.toContain(hidden.id);
  expect(body.offers[0].post.author).toEqual({ id: plumber.id, displayName: 'Paul' });
  expect(body.offers[0].reasons).toEqual([
    { code: 'same-stair', text: 'même escalier' },
    { code: 'same-category', text: 'le même genre d’aide' },
    { code: 'same-words', text: 'les mêmes mots' },
  ]);
  await h.call('PATCH', '/me', { as: author, body: { locale: 'en' } });
  const english = await matchesOf(author, request.id);
  expect(english.body.offers[0].reasons[0].text).toBe('same stair');
});

test('a new offer finds open requests, for its own author alone', async () => {
  const { author, tailor } = await scene();
  const request = await write(author, { category: 'sewing', title: 'Un ourlet de rideau' });
  const offer = await write(tailor, { kind: 'offer', category: 'sewing', title: 'Ourlets et rideaux' });
  await match(offer.id);
  const { body } = await matchesOf(tailor, offer.id);
  expect(body.requests.map((one: { post: { id: string } }) => one.post.id)).toEqual([request.id]);
  expect([body.offers, body.neighbours]).toEqual([[], []]);
  for (const stranger of [author, await mint()]) expect((await matchesOf(stranger, offer.id)).status).toBe(404);
});

test('an urgent request has its end looked for when it comes, and no other has', async () => {
  const { author } = await scene();
  const urgentUntil = new Date(m.now().getTime() + 2 * 3_600_000);
  const [urgent, calm] = [await write(author, { ...leak, urgentUntil }), await write(author, leak)];
  for (const { id } of [urgent, calm]) await match(id);
  expect(await eventsOf(h, urgent.id)).toContain('audit.post.urgent');
  expect(await eventsOf(h, calm.id)).not.toContain('audit.post.urgent');
});

test('of neighbours who could help, only how many in each ring, from three', async () => {
  const { home, author } = await scene();
  const [stair, other] = home.stairs.map(({ id }) => id);
  const on = (stairId: string | undefined, skills: 'repair' | 'sewing') =>
    mint({ residenceId: home.id, stairId: stairId ?? null, skills: [skills] });
  for (let n = 0; n < 2; n++) await on(stair, 'repair');
  for (let n = 0; n < 3; n++) await on(other, 'repair');
  const inOther = await on(other, 'repair');
  await on(other, 'sewing');
  await h.db.insert(schema.blocks).values({ residentId: inOther.id, blockedId: author.id });
  const request = await write(author, { ...leak, audience: 'residence' });
  await match(request.id);
  const { body } = await matchesOf(author, request.id);
  expect(body.neighbours).toEqual([
    { ring: 'stair', count: null },
    { ring: 'residence', count: 3 },
  ]);
});

test('a block between two authors hides their match, whether it came before or after', async () => {
  const { author, plumber, offer } = await scene();
  const request = await write(author, leak);
  await match(request.id);
  const count = async () => (await matchesOf(author, request.id)).body.offers.length;
  expect(await count()).toBe(1);
  await h.db.insert(schema.blocks).values({ residentId: plumber.id, blockedId: author.id });
  expect(await count()).toBe(0);
  await match(request.id);
  const kept = await h.db.select().from(schema.matches).where(eq(schema.matches.offerId, offer.id));
  expect(kept).toEqual([]);
});

test('an edit is matched again, an ended post fits nothing, and a closed one is not matched', async () => {
  const { author, offer, sewing } = await scene();
  const request = await write(author, leak);
  await match(request.id);
  await match(request.id); // a job may run twice
  const found = async () =>
    (await h.db.select().from(schema.matches).where(eq(schema.matches.requestId, request.id))).map(
      (row) => row.offerId,
    );
  expect(await found()).toEqual([offer.id]);
  await h.db
    .update(schema.posts)
    .set({ category: 'sewing', title: 'Un ourlet' })
    .where(eq(schema.posts.id, request.id));
  await match(request.id);
  expect(await found()).toEqual([sewing.id]);
  await h.db.update(schema.posts).set({ state: 'withdrawn' }).where(eq(schema.posts.id, request.id));
  expect((await matchesOf(author, request.id)).body.offers).toEqual([]);
  await endMatching(m.job(), { postId: request.id });
  expect(await found()).toEqual([]);
  expect(await match(request.id)).toBe(false);
});

test('twenty at once keep each match once', async () => {
  const { author, offer } = await scene();
  const request = await write(author, leak);
  await Promise.all([
    ...Array.from({ length: 10 }, () => match(request.id)),
    ...Array.from({ length: 10 }, () => match(offer.id)),
  ]);
  const kept = await h.db
    .select()
    .from(schema.matches)
    .where(or(eq(schema.matches.requestId, request.id), eq(schema.matches.offerId, offer.id)));
  expect(kept).toHaveLength(1);
});

test('“for you”: what one can help with comes first, with its reasons; one’s own posts come last, and every page agrees', async () => {
  const { author, home, offer, sewing, plumber } = await scene();
  const reader = await mint({ residenceId: home.id, stairId: home.stairs[1]?.id ?? null, skills: ['repair'] });
  const request = await write(author, leak);
  const pets = await write(plumber, { category: 'pets', title: 'Garder le chat' });
  const mine = await write(reader, { category: 'repair', title: 'Une étagère à poser' });
  const list = (query: string) => h.call('GET', `/posts?sort=best&${query}`, { as: reader });
  const whole = (await list('limit=100')).body;
  const ids = whole.items.map(({ id }: { id: string }) => id);
  expect(ids[0]).toBe(request.id);
  expect(ids.at(-1)).toBe(mine.id);
  expect(ids.toSorted()).toEqual([request.id, offer.id, sewing.id, pets.id, mine.id].sort());
  expect(whole.reasons[request.id]).toEqual([
    { code: 'same-residence', text: 'même résidence' },
    { code: 'same-category', text: 'vous avez dit pouvoir aider ainsi' },
  ]);
  expect(whole.reasons[mine.id]).toBeUndefined();
  const paged: string[] = [];
  for (let cursor: string | null = ''; cursor !== null && paged.length < 20; ) {
    const page: { items: { id: string }[]; next: string | null } = (
      await list(`limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    ).body;
    paged.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  }
  expect(paged).toEqual(ids);
  expect((await h.call('GET', '/posts?sort=near', { as: reader })).body.reasons).toBeUndefined();
  expect((await list('cursor=best~abc')).status).toBe(400);
});
