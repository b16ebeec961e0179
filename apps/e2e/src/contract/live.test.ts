import { randomUUID } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Caller, resident, signIn, visitor } from '../harness/caller.ts';
import { LiveReader, refusalOf } from '../harness/live-reader.ts';
import type { Frame } from '../harness/shapes.ts';

const open = async (caller: Caller, options?: { after?: number }): Promise<LiveReader> => {
  const reader = await LiveReader.open(caller, options);
  onTestFinished(() => reader.cut());
  return reader;
};

const ask = async (caller: Caller, title: string, more: object = {}): Promise<string> => {
  const body = { kind: 'request', category: 'errands', title, audience: 'residence', ...more };
  const { status, text, json } = await caller.post('/api/posts', body);
  if (status !== 201) throw new Error(`${status} ${text}`);
  return json.post.id;
};

const about = (id: string) => (frame: Frame) => (frame.post?.id ?? frame.postId) === id;
const openedFor = (id: string) => (frame: Frame) => frame.type === 'post.opened' && about(id)(frame);

/** Each frame names the one before it; the first names what the reader held. */
const expectLinked = (events: Frame[], first: number): void => {
  let held = first;
  for (const { after, seq } of events) {
    expect(after).toBe(held);
    expect(seq).toBeGreaterThan(held);
    held = seq;
  }
};

describe('before any socket', () => {
  it('refuses who has no session, and who comes from elsewhere or says nothing', async () => {
    const someone = await resident(2);
    const { cookie, origin } = someone;
    expect(await refusalOf(visitor(), { origin })).toBe(401);
    expect(await refusalOf(someone, { cookie })).toBe(403);
    const look = new URL(origin);
    const foreign = [
      'https://evil.example',
      'null',
      `https://${look.host}`,
      `http://evil.${look.host}`,
      `${origin}.evil.example`,
    ];
    for (const one of foreign) expect([one, await refusalOf(someone, { cookie, origin: one })]).toEqual([one, 403]);
    expect(await refusalOf(someone, { cookie, origin })).toBe(101);
  });

  it('refuses an officer, who has no feed, or keeps posts from them', async () => {
    const officer = await signIn('officer-01173');
    const status = await refusalOf(officer, { cookie: officer.cookie, origin: officer.origin });
    if (status !== 101) return expect(status).toBe(403);
    const [reader, neighbour, author] = [await open(officer), await open(await resident(2)), await resident(1)];
    await neighbour.next(openedFor(await ask(author, 'Un œuf pour un gâteau')));
    expect(reader.events).toEqual([]);
  });
});

describe('what a reader receives', () => {
  it('begins with the head of the stream, then links every event to the one before', async () => {
    const [author, other] = [await resident(1), await resident(2)];
    const reader = await open(other);
    const ready = await reader.next(({ type }) => type === 'ready');
    expect(ready).toEqual({ type: 'ready', seq: expect.any(Number), protocol: 'palier.live.v1' });
    for (const title of ['Du sel', 'Du poivre', 'Du cumin']) await reader.next(openedFor(await ask(author, title)));
    expectLinked(reader.events, ready.seq);
  });

  it('is the post as this reader may see it, the same as the list says', async () => {
    const [author, other] = [await resident(1), await resident(4)];
    const reader = await open(other);
    const id = await ask(author, 'Un parapluie pour ce soir', { details: 'Il pleut déjà.' });
    const { post } = await reader.next(openedFor(id));
    const { items } = (await other.get('/api/posts?q=parapluie&limit=100')).json;
    expect(post).toEqual(items.find((one) => one.id === id));
    expect(post.place.nearness).toBe('same-residence');
  });

  it('is not told of what was not meant for them', async () => {
    const author = await resident(1);
    const [stair, residence, elsewhere] = [
      await open(await resident(2)),
      await open(await resident(9)),
      await open(await resident(210)),
    ];
    const kept = await ask(author, 'Une ampoule sur le palier', { audience: 'stair' });
    const wide = await ask(author, 'Un tournevis cruciforme', { audience: 'commune' });
    await stair.next(openedFor(kept));
    await residence.next(openedFor(wide));
    expect(residence.events.filter(about(kept))).toEqual([]);
    expect(elsewhere.events.filter((frame) => about(kept)(frame) || about(wide)(frame))).toEqual([]);
  });

  it('follows a post from opened through filled to opened again', async () => {
    const [author, helper, third] = [await resident(1), await resident(2), await resident(3)];
    const reader = await open(third);
    const id = await ask(author, 'Monter une étagère', { helpersNeeded: 2 });
    const take = async (who: Caller) => (await who.post(`/api/posts/${id}/favours`, {})).json.favour.id;
    await reader.next(openedFor(id));
    await take(helper);
    await reader.next((frame) => frame.type === 'post.changed' && about(id)(frame) && frame.post.helpersTaken === 1);
    const second = await resident(4);
    const favour = await take(second);
    const closed = await reader.next((frame) => frame.type === 'post.closed' && about(id)(frame));
    expect(closed.state).toBe('filled');
    await second.post(`/api/favours/${favour}/withdraw`, { reason: 'no-time' });
    const again = await reader.next((frame) => openedFor(id)(frame) && frame.seq > closed.seq);
    expect(again.post).toMatchObject({ state: 'open', helpersTaken: 1 });
  });

  it('carries a favour as ids, to its two sides alone', async () => {
    const [author, helper, third] = [await resident(1), await resident(2), await resident(3)];
    const readers = await Promise.all([open(author), open(helper), open(third)]);
    const id = await ask(author, 'Ouvrir un bocal');
    await helper.post(`/api/posts/${id}/favours`, { note: 'J’arrive avec un torchon.' });
    const [one, two, stranger] = readers;
    const isFavour = (frame: Frame) => frame.type === 'favour.changed' && frame.postId === id;
    const frame = await one.next(isFavour);
    expect(Object.keys(frame).sort()).toEqual(['after', 'favourId', 'postId', 'seq', 'state', 'type']);
    await two.next(isFavour);
    await stranger.next((other) => other.type === 'post.closed' && about(id)(other));
    expect(stranger.events.filter(isFavour)).toEqual([]);
  });
});

describe('after a cut', () => {
  it('gives what was missed, once and in order, by the address or by a first frame', async () => {
    const [author, other] = [await resident(5), await resident(6)];
    const first = await open(other);
    const ready = await first.next(({ type }) => type === 'ready');
    const seen = await ask(author, 'Avant la coupure');
    const { seq } = await first.next(openedFor(seen));
    expectLinked(first.events, ready.seq);
    first.cut();
    const missed = [await ask(author, 'Pendant la coupure, une'), await ask(author, 'Pendant la coupure, deux')];
    const byAddress = await open(other, { after: seq });
    const byFrame = await open(other);
    byFrame.send({ type: 'resume', after: seq });
    for (const reader of [byAddress, byFrame]) {
      for (const id of missed) await reader.next(openedFor(id));
      expectLinked(reader.events, seq);
      const ours = reader.events.filter((frame) => [seen, ...missed].some((id) => about(id)(frame)));
      expect(ours.map((frame) => frame.post.id)).toEqual(missed);
    }
  });

  it('says to reload when what is held comes from the future', async () => {
    const reader = await open(await resident(6), { after: 4_000_000_000_000 });
    const resync = await reader.next(({ type }) => type === 'resync');
    expect(resync).toEqual({
      type: 'resync',
      seq: expect.any(Number),
      reason: expect.stringMatching(/^(future|foreign)$/),
    });
    const id = await ask(await resident(5), 'Après la remise à jour');
    await reader.next(openedFor(id));
    expectLinked(reader.events, resync.seq);
  });

  it.each(['-1', 'abc', '1.5', '9223372036854775808', '%27'])('takes no cursor like %s', async (after) => {
    const someone = await resident(6);
    const path = `/api/live?after=${after}`;
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket', cookie: someone.cookie };
    expect((await visitor().get(path)).status).toBeGreaterThanOrEqual(400);
    expect(upgrade.cookie).not.toBe('');
    const reader = await LiveReader.open(someone, { after: after as unknown as number }).catch(() => null);
    if (!reader) return;
    onTestFinished(() => reader.cut());
    const answer = await Promise.race([reader.closed(), reader.next(({ type }) => type === 'resync')]);
    expect(typeof answer === 'number' ? answer : answer.type).toSatisfy((one) => one === 'resync' || one === 1008);
  });
});

describe('what a client may send', () => {
  it.each([
    ['no JSON', '{'],
    ['an unknown frame', { type: 'subscribe', to: '*' }],
    ['a frame with more than it may hold', { type: 'ping', extra: 1 }],
    ['null', 'null'],
    ['a negative cursor', { type: 'resume', after: -1 }],
  ])('%s closes with 1008', async (_what, frame) => {
    const reader = await open(await resident(7));
    await reader.next(({ type }) => type === 'ready');
    reader.send(frame);
    expect(await reader.closed()).toBe(1008);
  });

  it('over 4 KiB closes with 1009', async () => {
    const reader = await open(await resident(7));
    await reader.next(({ type }) => type === 'ready');
    reader.send({ type: 'ping', padding: 'a'.repeat(5000) });
    expect(await reader.closed()).toBe(1009);
  });

  it('narrows the feed to a category', async () => {
    const [author, reader] = [await resident(1), await open(await resident(8))];
    await reader.next(({ type }) => type === 'ready');
    reader.send({ type: 'interest', within: null, categories: ['pets'] });
    reader.send({ type: 'ping' });
    const bread = await ask(author, `Du pain ${randomUUID().slice(0, 8)}`);
    const cat = await ask(author, 'Nourrir mon chat', { category: 'pets' });
    await reader.next(openedFor(cat));
    expect(reader.events.filter(openedFor(bread))).toEqual([]);
  });

  it('late: a resume after an event closes with 1008', async () => {
    const [author, reader] = [await resident(1), await open(await resident(8))];
    await reader.next(openedFor(await ask(author, 'Une pince')));
    reader.send({ type: 'resume', after: 1 });
    expect(await reader.closed()).toBe(1008);
  });
});

describe('a session that ends', () => {
  it('takes its socket with it within five seconds', async () => {
    const someone = await resident(47);
    const reader = await open(someone);
    await reader.next(({ type }) => type === 'ready');
    expect((await someone.call('DELETE', '/api/session')).status).toBeLessThan(300);
    expect(await reader.closed(5000)).toBeGreaterThan(1000);
    expect((await someone.get('/api/me')).status).toBe(401);
  });
});
