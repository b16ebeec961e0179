import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { dayMs, openMatching } from '../../test/matching.ts';
import { mintPost } from '../../test/posts.ts';
import { newId } from '../ids.ts';
import { matchPost, tellPost } from './index.ts';

const noon = '2026-11-10T11:00:00Z';
const m = await openMatching(noon);
const { h, mint, spot } = m;
beforeEach(() => m.at(noon));

type Someone = Awaited<ReturnType<typeof mint>>;
const save = (as: Someone, category = 'pets', withinM = 1000) =>
  h.call('POST', '/interests', { as, body: { category, withinM } });
const listOf = async (as: Someone) => (await h.call('GET', '/interests', { as })).body.items;
const open = async (author: Someone, change: Parameters<typeof mintPost>[2]) => {
  const post = await mintPost(h, author, {
    createdAt: m.now(),
    expiresAt: new Date(m.now().getTime() + 9 * dayMs),
    ...change,
  });
  await m.at(m.now());
  await matchPost(m.job(), { postId: post.id });
  await tellPost(m.job(), post.id);
  return post.id;
};
const noticesOf = ({ accountId }: Someone) =>
  h.db.select().from(schema.notifications).where(eq(schema.notifications.accountId, accountId));

test('an interest is saved, changed by saving it again, paused and taken away', async () => {
  const me = await mint();
  const first = await save(me);
  expect(first.status).toBe(201);
  const { id } = first.body.interest;
  expect(first.body.interest).toEqual({
    id,
    category: 'pets',
    withinM: 1000,
    paused: false,
    createdAt: m.now().toISOString(),
  });
  const paused = await h.call('PATCH', `/interests/${id}`, { as: me, body: { paused: true } });
  expect(paused.body.interest).toMatchObject({ id, paused: true });
  const again = await save(me, 'pets', 2000);
  expect(again.body.interest).toMatchObject({ id, withinM: 2000, paused: false });
  expect(await listOf(me)).toHaveLength(1);
  expect((await h.call('DELETE', `/interests/${id}`, { as: me })).status).toBe(204);
  expect(await listOf(me)).toEqual([]);
});

test('another’s interest is absent, and so is one that never was', async () => {
  const [me, other] = [await mint(), await mint()];
  const { id } = (await save(me)).body.interest;
  for (const target of [id, newId()]) {
    expect((await h.call('PATCH', `/interests/${target}`, { as: other, body: { paused: true } })).status).toBe(404);
    expect((await h.call('DELETE', `/interests/${target}`, { as: other })).status).toBe(404);
  }
  expect(await listOf(me)).toMatchObject([{ id, paused: false }]);
});

test('what is taken away cannot be paused, and distances have bounds', async () => {
  const me = await mint();
  const { id } = (await save(me)).body.interest;
  await h.call('DELETE', `/interests/${id}`, { as: me });
  expect((await h.call('PATCH', `/interests/${id}`, { as: me, body: { paused: true } })).status).toBe(404);
  expect([(await save(me, 'pets', 10)).status, (await save(me, 'nothing')).status]).toEqual([400, 400]);
});

test('saving the same interest twenty times at once keeps one', async () => {
  const me = await mint();
  const answers = await Promise.all(Array.from({ length: 20 }, () => save(me)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  expect(await listOf(me)).toHaveLength(1);
});

test('a new post tells those whose interest it fits: in sight, within their distance, not paused, never twice', async () => {
  const at = spot();
  const author = await mint({ cell: at() });
  const [near, far, paused, otherwise] = [
    await mint({ cell: at(500) }),
    await mint({ cell: at(1600) }),
    await mint({ cell: at(500) }),
    await mint({ cell: at(500) }),
  ];
  for (const one of [near, far, paused]) await save(one);
  await save(otherwise, 'garden');
  const { id } = (await save(paused)).body.interest;
  await h.call('PATCH', `/interests/${id}`, { as: paused, body: { paused: true } });
  await m.at(noon);
  const offer = await open(author, { kind: 'offer', category: 'pets', title: 'Je garde vos chats' });
  await tellPost(m.job(), offer);
  expect(await m.told(offer)).toEqual([near.id]);
  const hidden = await open(author, { kind: 'offer', category: 'pets', audience: 'residence', title: 'Entre nous' });
  expect(await m.told(hidden)).toEqual([]);
  // A request tells by rings too: whoever heard of it by an interest is not asked again.
  const request = await open(author, { category: 'pets', title: 'Garder le chat' });
  m.pass(3 * 3_600_000);
  await tellPost(m.job(), request);
  expect((await noticesOf(near)).map(({ kind }) => kind).sort()).toEqual(['interest', 'interest']);
});

test('an urgent request at night tells at once whoever opted in and saved its category, others in the morning', async () => {
  await m.at('2026-11-11T23:00:00Z');
  const at = spot();
  const author = await mint({ cell: at() });
  const [awake, asleep] = [await mint({ cell: at(500), urgentAtNight: true }), await mint({ cell: at(500) })];
  for (const one of [awake, asleep]) await save(one);
  await m.at(m.now());
  const urgentUntil = new Date(m.now().getTime() + 2 * 3_600_000);
  const request = await open(author, { category: 'pets', title: 'Le chat s’est sauvé', urgentUntil });
  await tellPost(m.job(), request);
  expect(await m.told(request)).toEqual([awake.id]);
  await m.at('2026-11-12T07:00:00Z');
  await tellPost(m.job(), request);
  expect(await m.told(request)).toEqual([awake.id, asleep.id].sort());
});

test('interests keep the same limits: asks of the day, and nights', async () => {
  const at = spot();
  const author = await mint({ cell: at() });
  const keen = await mint({ cell: at(500), asksPerDay: 1 });
  await save(keen);
  await open(author, { kind: 'offer', category: 'pets', title: 'Un' });
  await open(author, { kind: 'offer', category: 'pets', title: 'Deux' });
  expect(await noticesOf(keen)).toHaveLength(1);
  await m.at('2026-11-11T23:00:00Z');
  const late = await open(author, { kind: 'offer', category: 'pets', title: 'Trois' });
  expect(await m.told(late)).toEqual([]);
  await m.at('2026-11-12T07:00:00Z');
  await tellPost(m.job(), late);
  expect(await m.told(late)).toEqual([keen.id]);
});
