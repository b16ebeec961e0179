import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness } from '../harness.ts';
import { keysOf, unlike } from './answers.ts';
import { mintCast, onBehalfOf, playScene, type Role } from './cast.ts';
import { cardKeys, detailKeys, favourKeys, postSecrets, postsRows } from './rows/posts.ts';

const h = await openHarness();
const cast = await mintCast(h);
const absent = '01890000-0000-7000-8000-000000000000';
const cookieOf = (role: Role) => (role === 'anonymous' ? undefined : cast.people[role]);

test('a post shows each role what is theirs to know of it, and nothing else', async () => {
  const scene = await playScene(h, cast, 'promised');
  for (const [role, secrets] of Object.entries(postSecrets) as [Role, (typeof postSecrets)[Role] & object][]) {
    const { body } = await h.call('GET', `/posts/${scene.postId}`, { as: cookieOf(role) });
    const own = secrets.myFavour ? ['myFavour.id', 'myFavour.state'] : ['myFavour'];
    const keys = [...detailKeys.filter((key) => key !== 'myFavour'), ...own].sort();
    expect([role, keysOf(body.post)]).toEqual([role, keys]);
    const { onBehalfName, hall, mine, myFavour } = body.post;
    expect([role, onBehalfName, hall, mine, myFavour?.state ?? null]).toEqual([
      role,
      secrets.onBehalfName ? onBehalfOf.name : null,
      secrets.hall ? false : null,
      secrets.mine,
      secrets.myFavour,
    ]);
  }
});

/** The keys of a favour, its dates as one. */
const whole = (item: unknown) => [
  ...new Set(keysOf(item).map((key) => key.replace(/^post\.window\..+$/, 'post.window'))),
];

test('lists hold what their reader may know: the feed by audience and block, favours by side', async () => {
  const open = await playScene(h, cast, 'open');
  const held = await playScene(h, cast, 'held');
  const promised = await playScene(h, cast, 'promised');
  const mayNotKnow: readonly Role[] = ['sameCommune', 'farAway', 'blocked'];
  for (const role of Object.keys(postsRows['posts.list']?.statuses ?? {}) as Role[]) {
    if (postsRows['posts.list']?.statuses[role] !== 200) continue;
    const feed = (await h.call('GET', '/posts?limit=100', { as: cookieOf(role) })).body.items as { id: string }[];
    const ids = feed.map(({ id }) => id);
    expect([role, ids.includes(open.postId)]).toEqual([role, !mayNotKnow.includes(role)]);
    expect([role, ids.includes(held.postId)]).toEqual([role, false]);
    for (const item of feed)
      expect(keysOf(item)).toEqual(
        'window' in item && item.window ? expect.arrayContaining(['window.from']) : [...cardKeys].sort(),
      );
    const mine = (await h.call('GET', '/favours?limit=100', { as: cookieOf(role) })).body.items as { id: string }[];
    expect([role, mine.some(({ id }) => id === promised.favourId)]).toEqual([
      role,
      role === 'owner' || role === 'helper',
    ]);
    for (const item of mine)
      expect(whole(item).filter((key) => !key.startsWith('thanks.'))).toEqual(
        [...favourKeys].filter((key) => key !== 'thanks' || keysOf(item).includes(key)).sort(),
      );
  }
});

test('what waits for a referent, or was taken down, is absent for everyone but its author', async () => {
  const { postId } = await playScene(h, cast, 'held');
  for (const state of ['held', 'removed'] as const) {
    await h.db.update(schema.posts).set({ state }).where(eq(schema.posts.id, postId));
    for (const role of ['sameStair', 'sameResidence', 'neighbour', 'helper', 'blocked'] as const) {
      const [hidden, nothing] = [
        await h.call('GET', `/posts/${postId}`, { as: cookieOf(role) }),
        await h.call('GET', `/posts/${absent}`, { as: cookieOf(role) }),
      ];
      expect([role, state, hidden.status, unlike(hidden, nothing)]).toEqual([role, state, 404, []]);
      const answer = await h.call('POST', `/posts/${postId}/favours`, { as: cookieOf(role), body: {} });
      const none = await h.call('POST', `/posts/${absent}/favours`, { as: cookieOf(role), body: {} });
      expect([role, state, answer.status, unlike(answer, none)]).toEqual([role, state, 404, []]);
    }
    expect((await h.call('GET', `/posts/${postId}`, { as: cookieOf('owner') })).status).toBe(200);
  }
});

test('whoever took their yes back is a neighbour like another: out of the audience, the post is absent', async () => {
  const { postId } = await playScene(h, cast, 'promised');
  await h.db.update(schema.posts).set({ audience: 'residence' }).where(eq(schema.posts.id, postId));
  const status = async (role: Role) => (await h.call('GET', `/posts/${postId}`, { as: cookieOf(role) })).status;
  expect([await status('helper'), await status('standby'), await status('neighbour')]).toEqual([200, 200, 404]);
  expect(await status('former')).toBe(404);
});

test('a change of role or a closed session counts from the next call', async () => {
  const person = await h.mintResident({ residenceId: cast.home.id });
  expect((await h.call('GET', '/posts', { as: person })).status).toBe(200);
  await h.db.delete(schema.residents).where(eq(schema.residents.id, person.id));
  expect((await h.call('GET', '/posts', { as: person })).status).toBe(403);
  await h.call('DELETE', '/session', { as: person });
  expect((await h.call('GET', '/me', { as: person })).status).toBe(401);
});

test('metrics answer the machine itself, or the token when there is one', async () => {
  expect((await h.call('GET', '/metrics')).status).toBe(200);
  const guarded = await openHarness({ METRICS_TOKEN: 'a token of the operator' });
  const ask = async (authorization?: string) =>
    (await guarded.call('GET', '/metrics', { headers: { ...(authorization && { authorization }) } })).status;
  expect([await ask(), await ask('Bearer wrong'), await ask('Bearer a token of the operator')]).toEqual([
    404, 404, 200,
  ]);
});
