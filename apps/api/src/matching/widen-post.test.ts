import { schema } from '@palier/db';
import { and, eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { dayMs, openMatching } from '../../test/matching.ts';
import { mintPost } from '../../test/posts.ts';
import { matchPost, tellPost } from './index.ts';

const noon = '2026-11-10T11:00:00Z';
const m = await openMatching(noon);
const { h, mint, spot } = m;
beforeEach(() => m.at(noon));

/** A request of its residence, its stair told: four neighbours on it, three on the other stair. */
const scene = async () => {
  const home = await m.mintResidence({ cell: spot()() });
  const [stair, other] = home.stairs.map(({ id }) => id);
  const author = await mint({ residenceId: home.id, stairId: stair });
  for (let n = 0; n < 4; n++) await mint({ residenceId: home.id, stairId: stair });
  const others = await Promise.all(Array.from({ length: 3 }, () => mint({ residenceId: home.id, stairId: other })));
  const expiresAt = new Date(m.now().getTime() + 4 * dayMs);
  const post = await mintPost(h, author, { audience: 'residence', createdAt: m.now(), expiresAt });
  await matchPost(m.job(), { postId: post.id });
  await tellPost(m.job(), post.id);
  const widen = (as: { cookie: string }, body: object = {}) => h.call('POST', `/posts/${post.id}/widen`, { as, body });
  const reach = async (as = author) => (await h.call('GET', `/posts/${post.id}/reach`, { as })).body;
  return { post, author, others, widen, reach };
};
const noticesOf = (accountId: string) =>
  h.db.select().from(schema.notifications).where(eq(schema.notifications.accountId, accountId));

test('it tells the next ring now, and the author reads how far it has gone', async () => {
  const { author, others, widen, reach } = await scene();
  expect(await reach()).toEqual({
    told: 4,
    atLeast: false,
    ring: 'stair',
    nextRing: 'residence',
    nextAt: '2026-11-10T11:10:00.000Z',
    asked: false,
  });
  const { status, body } = await widen(author, { to: 'residence' });
  expect([status, body]).toEqual([
    200,
    { told: 7, atLeast: false, ring: 'residence', nextRing: null, nextAt: null, asked: false },
  ]);
  for (const { accountId } of others) expect(await noticesOf(accountId)).toMatchObject([{ kind: 'ask' }]);
});

test('whoever heard by an alert of their own, far from the ring that was reached, is in no ring’s count; a ring of fewer than three makes it “at least”', async () => {
  const at = spot();
  const home = await m.mintResidence({ cell: at() });
  const [stair, other] = home.stairs.map(({ id }) => id);
  const author = await mint({ residenceId: home.id, stairId: stair });
  for (let n = 0; n < 3; n++) await mint({ residenceId: home.id, stairId: stair });
  await mint({ residenceId: home.id, stairId: other });
  const keen = await Promise.all(Array.from({ length: 4 }, () => mint({ cell: at(1500) })));
  for (const as of keen) await h.call('POST', '/interests', { as, body: { category: 'errands', withinM: 5000 } });
  await m.at(noon);
  const post = await mintPost(h, author, { createdAt: m.now(), expiresAt: new Date(m.now().getTime() + dayMs) });
  await matchPost(m.job(), { postId: post.id });
  await tellPost(m.job(), post.id);
  const reach = async () => (await h.call('GET', `/posts/${post.id}/reach`, { as: author })).body;
  expect((await m.told(post.id)).length).toBe(7);
  expect(await reach()).toMatchObject({ told: 3, atLeast: false, ring: 'stair' });
  await h.call('POST', `/posts/${post.id}/widen`, { as: author, body: {} });
  expect(await reach()).toMatchObject({ told: 3, atLeast: true, ring: 'residence' });
});

test('only the author may, and a stranger does not learn that it exists', async () => {
  const { others, widen, post } = await scene();
  const stranger = await mint();
  for (const as of [stranger, others[0] ?? stranger]) {
    expect((await widen(as)).body).toMatchObject({ code: 'resource.absent' });
    expect((await h.call('GET', `/posts/${post.id}/reach`, { as })).status).toBe(404);
  }
});

test('a post that is not open, or told to its last ring, is not widened', async () => {
  const { author, widen, post } = await scene();
  await widen(author);
  expect((await widen(author)).body).toMatchObject({ status: 409, code: 'post.widest' });
  await h.db.update(schema.posts).set({ state: 'withdrawn' }).where(eq(schema.posts.id, post.id));
  expect((await widen(author)).body).toMatchObject({ status: 409, code: 'post.closed' });
  const offer = await mintPost(h, author, { kind: 'offer' });
  await matchPost(m.job(), { postId: offer.id });
  expect((await h.call('POST', `/posts/${offer.id}/widen`, { as: author, body: {} })).body).toMatchObject({
    code: 'post.widest',
  });
});

test('twenty at once widen by the one ring that was meant, and tell nobody twice', async () => {
  const { author, others, widen, post } = await scene();
  const answers = await Promise.all(Array.from({ length: 20 }, () => widen(author, { to: 'residence' })));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status !== 200 && status !== 409)).toEqual([]);
  expect(statuses).toContain(200);
  const { asks } = schema;
  const told = await h.db
    .select()
    .from(asks)
    .where(and(eq(asks.postId, post.id), eq(asks.step, 'residence')));
  expect(told.map(({ residentId }) => residentId).sort()).toEqual(others.map(({ id }) => id).sort());
});
