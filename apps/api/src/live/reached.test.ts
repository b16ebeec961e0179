import { expect, test } from 'vitest';
import { openLiveHarness, type TestReader, until } from '../../test/live-harness.ts';
import type { Context } from '../context.ts';
import { matchPost, tellPost } from '../matching/index.ts';

const minuteMs = 60_000;
const noon = Date.parse('2026-11-10T11:00:00Z');
let now = noon;
const h = await openLiveHarness({}, {}, { parts: { clock: () => new Date(now) } });
const job = (): Context<unknown> => ({ ...h.deps, actor: null, now: new Date(now), ip: '', locale: 'fr', tx: null });

/** An author, a neighbour of their stair and one of the other, all listening; and an ask of the residence. */
const scene = async () => {
  const home = await h.mintResidence();
  const [stair = null, other = null] = home.stairs.map(({ id }) => id);
  const at = (stairId: string | null) => h.mintResident({ residenceId: home.id, stairId });
  const [author, near, far] = [await at(stair), await at(stair), await at(other)];
  const readers = [await h.read(author), await h.read(near), await h.read(far)] as const;
  const before = h.hub.head();
  const body = { kind: 'request', category: 'errands', title: 'Du pain pour demain', audience: 'residence' };
  const postId: string = (await h.call('POST', '/posts', { as: author, body })).body.post.id;
  await h.settled();
  const reach = async () => (await h.call('GET', `/posts/${postId}/reach`, { as: author })).body;
  /** What each heard of the post since; the author last, so that what is told to nobody is waited for too. */
  const heard = async () => {
    await h.settled();
    return Promise.all(
      readers.map(async (reader: TestReader) => {
        const isAtHead = () => reader.frames.some((frame) => frame.type === 'tick' && frame.head === h.hub.head());
        reader.send({ type: 'ping' });
        await until(isAtHead, 'everything told', 10_000);
        return reader.told(postId);
      }),
    );
  };
  const close = () => readers.map(({ socket }) => socket.terminate());
  return { author, near, far, postId, before, reach, heard, close };
};

test('each ring that is told is told to the author’s screens as well, and to nobody else’s', async () => {
  const { author, postId, before, reach, heard, close } = await scene();
  expect(await reach()).toMatchObject({ ring: null, nextRing: null });
  await matchPost(job(), { postId });
  await tellPost(job(), postId);
  expect(await heard()).toEqual([['opened', 'changed'], ['opened'], ['opened']]);
  expect(await reach()).toMatchObject({ ring: 'stair', nextRing: 'residence' });
  expect((await h.call('POST', `/posts/${postId}/widen`, { as: author, body: {} })).status).toBe(200);
  expect(await heard()).toEqual([['opened', 'changed', 'changed'], ['opened'], ['opened']]);
  expect(await reach()).toMatchObject({ ring: 'residence', nextRing: null });
  await tellPost(job(), postId); // nothing is due: nothing is said
  expect((await heard())[0]).toHaveLength(3);
  const resumed = await h.read(author, `?after=${before}`);
  await until(() => resumed.told(postId).length === 3, 'the same after a cut', 10_000);
  close();
  resumed.socket.terminate();
});

test('at night, when nobody is told yet, the author hears that they will be, and when', async () => {
  now = Date.parse('2026-11-10T22:00:00Z');
  const { postId, reach, heard, close } = await scene();
  await matchPost(job(), { postId });
  await tellPost(job(), postId);
  expect(await heard()).toEqual([['opened', 'changed'], ['opened'], ['opened']]);
  expect(await reach()).toMatchObject({ ring: null, nextRing: 'stair', nextAt: '2026-11-11T07:00:00.000Z' });
  now = Date.parse('2026-11-11T07:00:00Z') + minuteMs;
  await tellPost(job(), postId);
  expect((await heard())[0]).toEqual(['opened', 'changed', 'changed']);
  close();
});

test('an offer that comes to fit a request, changes or goes is told to the request’s author, and to nobody else; one that they may not see is not', async () => {
  now = noon;
  const { author, postId, heard, close, near, far } = await scene();
  await matchPost(job(), { postId });
  await heard();
  const made: string[] = [];
  /** Of the offers made here: others around may fit as well. */
  const fitting = async (): Promise<string[]> =>
    (await h.call('GET', `/posts/${postId}/matches`, { as: author })).body.offers
      .map((one: { post: { id: string } }) => one.post.id)
      .filter((id: string) => made.includes(id));
  const body = { kind: 'offer', category: 'errands', title: 'Je vais au pain demain' };
  const offer = async (as: typeof near, audience: string) => {
    const id: string = (await h.call('POST', '/posts', { as, body: { ...body, audience } })).body.post.id;
    made.push(id);
    await matchPost(job(), { postId: id });
    return id;
  };
  const said = async () => (await heard()).map(([, ...since]) => since.length);
  const [before = 0, ...others] = await said();
  await offer(far, 'stair');
  expect(await said()).toEqual([before, ...others]);
  expect(await fitting()).toEqual([]);
  const shown = await offer(near, 'residence');
  expect(await said()).toEqual([before + 1, ...others]);
  expect(await fitting()).toEqual([shown]);
  const edited = await h.call('PATCH', `/posts/${shown}`, { as: near, body: { category: 'sewing' } });
  expect(edited.status).toBe(200);
  await matchPost(job(), { postId: shown });
  expect(await said()).toEqual([before + 2, ...others]);
  expect(await fitting()).toEqual([]);
  expect((await h.call('POST', `/blocks/${far.id}`, { as: author })).status).toBeLessThan(300);
  const apart = await said();
  await offer(far, 'residence');
  expect(await said()).toEqual(apart);
  expect(await fitting()).toEqual([]);
  close();
});
