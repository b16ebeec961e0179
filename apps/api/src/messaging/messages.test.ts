import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { mintPost } from '../../test/posts.ts';
import { talksOf } from '../../test/talks.ts';
import { newId } from '../ids.ts';

let ahead = 0;
const dayMs = 86_400_000;
const h = await openHarness({}, { clock: () => new Date(Date.now() + ahead) });
const { say, read, texts, detail, list, accept, act, pair } = talksOf(h);
const later = async <T>(ms: number, work: () => Promise<T>): Promise<T> => {
  ahead += ms;
  try {
    return await work();
  } finally {
    ahead -= ms;
  }
};
const unread = async (as: { cookie: string }): Promise<number> =>
  (await h.call('GET', '/me', { as })).body.unread.messages;

describe('a conversation', () => {
  test('is there for both sides from the yes on, before anybody wrote, and carries what is said', async () => {
    const { ana, ben, talkId, post } = await pair();
    expect((await list(ana)).map(({ id }: { id: string }) => id)).toEqual([talkId]);
    expect((await say(ana, talkId, { text: 'À quelle heure ?' })).status).toBe(201);
    ahead += 1000;
    const sent = await say(ben, talkId, { quick: 'ten-minutes' });
    expect(sent.body.message).toMatchObject({
      mine: true,
      quick: 'ten-minutes',
      text: '',
      author: { displayName: 'Ben' },
    });
    expect(await texts(ana, talkId)).toEqual(['À quelle heure ?', 'ten-minutes']);
    const answer = await detail(ana, talkId);
    expect(Number(answer.headers['palier-seq'])).toBeGreaterThanOrEqual(0);
    expect(answer.body.conversation).toMatchObject({
      postId: post.id,
      isGroup: false,
      state: 'open',
      closesAt: null,
      unread: 1,
      myTurn: true,
      with: [{ displayName: 'Ben', residence: 'Les Tilleuls' }],
      last: { quick: 'ten-minutes', mine: false },
    });
    expect((await detail(ben, talkId)).body.conversation).toMatchObject({ unread: 1, myTurn: false });
  });

  test('is absent for whoever is no side: a stranger, a standby, whoever withdrew before, nobody', async () => {
    const { ana, ben, post, talkId } = await pair();
    const [stranger, waiting] = [await h.mintResident(), await h.mintResident()];
    await accept(waiting, post.id);
    for (const who of [stranger, waiting]) {
      const nothing = await say(who, newId());
      const refused = await say(who, talkId);
      expect([refused.status, refused.text]).toEqual([404, nothing.text]);
      expect((await detail(who, talkId)).status).toBe(404);
      expect((await detail(who, post.id)).status).toBe(404);
      expect((await h.call('GET', `/conversations/${talkId}/messages`, { as: who })).status).toBe(404);
      expect(await list(who)).toEqual([]);
    }
    expect((await say(undefined, talkId)).status).toBe(401);
    await act(ben, talkId, 'withdraw', { reason: 'unwell' });
    const [opened] = await list(waiting);
    expect((await say(waiting, opened.id, { text: 'Je prends le relais' })).status).toBe(201);
    expect(await texts(ana, opened.id)).toEqual(['Je prends le relais']);
    expect((await detail(ben, opened.id)).status).toBe(404);
    expect((await say(ben, talkId, { text: 'Pardon' })).status).toBe(201);
  });

  test('closes 14 days after the favour was done, whenever the thanks came: read, no longer written', async () => {
    const { ana, ben, talkId } = await pair();
    await say(ana, talkId, { text: 'Merci d’avance' });
    await act(ben, talkId, 'done', {});
    await later(10 * dayMs, async () => {
      await act(ana, talkId, 'thank', { text: 'Merci' });
      expect((await say(ana, talkId, { text: 'Encore merci' })).status).toBe(201);
    });
    await later(14 * dayMs + 60_000, async () => {
      const refused = await say(ana, talkId);
      expect([refused.status, refused.body.code]).toEqual([409, 'conversation.closed']);
      expect(await texts(ben, talkId)).toEqual(['Merci d’avance', 'Encore merci']);
      expect((await detail(ben, talkId)).body.conversation.state).toBe('closed');
      expect(
        (
          await h.call('POST', `/conversations/${talkId}/meeting`, {
            as: ana,
            body: { at: new Date(Date.now() + 20 * dayMs) },
          })
        ).status,
      ).toBe(409);
    });
  });

  test('twenty at once with one key are one message; twenty without are twenty, all there in order', async () => {
    const { ana, ben, talkId } = await pair();
    const key = newId();
    const answers = await Promise.all(Array.from({ length: 20 }, () => say(ana, talkId, { text: 'Une fois' }, key)));
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect((await say(ana, talkId, { text: 'Une fois' }, key)).status).toBe(201);
    expect((await say(ana, talkId, { text: 'Autre' }, key)).body.code).toBe('idempotency.mismatch');
    expect(await texts(ben, talkId)).toEqual(['Une fois']);
    const many = await Promise.all(
      Array.from({ length: 20 }, (_, n) => say(n % 2 ? ana : ben, talkId, { text: `${n}` })),
    );
    expect(many.every(({ status }) => status === 201)).toBe(true);
    expect(new Set(await texts(ben, talkId)).size).toBe(21);
    const pages: string[] = [];
    for (let next = ''; ; ) {
      const page = (
        await h.call('GET', `/conversations/${talkId}/messages?limit=6${next && `&cursor=${next}`}`, { as: ana })
      ).body;
      pages.push(...page.items.map(({ id }: { id: string }) => id));
      next = page.next;
      if (!next) break;
    }
    expect(pages).toEqual((await read(ana, talkId)).map(({ id }) => id));
  });

  test('empty words, unknown answers and both at once are refused', async () => {
    const { ana, talkId } = await pair();
    for (const body of [
      { text: ' ' },
      { text: 'a'.repeat(2001) },
      { quick: 'maybe' },
      { text: 'a', quick: 'done' },
      {},
    ])
      expect((await say(ana, talkId, body)).status).toBe(400);
  });

  test('says how far the other has read; a mark never goes back, and one’s own words are no news', async () => {
    const { ana, ben, talkId } = await pair();
    const first = (await say(ana, talkId, { text: 'Un' })).body.message.id;
    ahead += 1000;
    const second = (await say(ana, talkId, { text: 'Deux' })).body.message.id;
    expect([await unread(ana), await unread(ben)]).toEqual([0, 2]);
    const mark = (messageId: string, as = ben) =>
      h.call('POST', `/conversations/${talkId}/read`, { as, body: { messageId } });
    expect((await mark(second)).status).toBe(204);
    expect((await mark(first)).status).toBe(204);
    expect(await unread(ben)).toBe(0);
    const { reads } = (await detail(ana, talkId)).body.conversation;
    expect(reads).toMatchObject([{ residentId: ben.id, displayName: 'Ben' }]);
    expect((await mark(newId())).status).toBe(404);
    expect((await mark(second, await h.mintResident())).status).toBe(404);
    const logged = await h.db.select().from(schema.audit).where(eq(schema.audit.actorId, ben.accountId));
    expect(logged.filter(({ action }) => action === 'conversation.read')).toHaveLength(1);
  });
});

describe('helpers of one post', () => {
  test('talk together; whoever leaves reads what was said until then, and nothing new', async () => {
    const [ana, ben, chloe] = [
      await h.mintResident({ displayName: 'Ana' }),
      await h.mintResident({ displayName: 'Ben' }),
      await h.mintResident({ displayName: 'Chloé' }),
    ];
    const post = await mintPost(h, ana, { helpersNeeded: 2 });
    const favourId = await accept(ben, post.id);
    await accept(chloe, post.id);
    for (const who of [ana, ben, chloe])
      expect((await list(who)).map(({ id }: { id: string }) => id)).toEqual([post.id]);
    expect((await detail(ben, favourId)).status).toBe(404);
    await say(ana, post.id, { text: 'À deux' });
    ahead += 1000;
    await act(ben, favourId, 'withdraw', { reason: 'no-time' });
    ahead += 1000;
    await say(chloe, post.id, { text: 'Sans Ben' });
    expect([await texts(ana, post.id), await texts(ben, post.id)]).toEqual([['À deux', 'Sans Ben'], ['À deux']]);
    expect((await say(ben, post.id)).body.code).toBe('conversation.closed');
    expect((await detail(ben, post.id)).body.conversation).toMatchObject({ state: 'closed', unread: 1, reads: [] });
    expect(await unread(ben)).toBe(1);
    expect(
      (await detail(ana, post.id)).body.conversation.with.map(
        ({ displayName }: { displayName: string }) => displayName,
      ),
    ).toEqual(['Chloé']);
  });

  test('who block each other do not read each other, and the others go on', async () => {
    const [ana, ben, chloe] = [await h.mintResident(), await h.mintResident(), await h.mintResident()];
    const post = await mintPost(h, ana, { helpersNeeded: 3 });
    await accept(ben, post.id);
    await accept(chloe, post.id);
    await say(ben, post.id, { text: 'De Ben' });
    await h.call('POST', `/blocks/${ben.id}`, { as: chloe });
    await say(chloe, post.id, { text: 'De Chloé' });
    expect([await texts(ana, post.id), await texts(ben, post.id), await texts(chloe, post.id)]).toEqual([
      ['De Ben', 'De Chloé'],
      ['De Ben'],
      ['De Chloé'],
    ]);
  });
});

test('a block hides the conversation from both at once, and its end shows it again', async () => {
  const { ana, ben, talkId } = await pair();
  await say(ana, talkId, { text: 'Bonjour' });
  await h.call('POST', `/blocks/${ben.id}`, { as: ana });
  for (const who of [ana, ben]) {
    expect([(await say(who, talkId)).status, (await detail(who, talkId)).status, await list(who)]).toEqual([
      404,
      404,
      [],
    ]);
    expect(await unread(who)).toBe(0);
  }
  await h.call('DELETE', `/blocks/${ben.id}`, { as: ana });
  expect(await texts(ben, talkId)).toEqual(['Bonjour']);
});

test('the link of somebody who has just come waits for the reader to ask for it; its writer is told', async () => {
  const { ana, ben, talkId } = await pair({ daysAgo: 2 });
  const sent = await say(ana, talkId, { text: 'Regardez https://exemple.test/rdv demain' });
  expect(sent.body.message).toMatchObject({ linkHeld: true, text: 'Regardez https://exemple.test/rdv demain' });
  const [held] = await read(ben, talkId);
  expect(held).toMatchObject({ linkHeld: true, text: 'Regardez [lien non affiché] demain' });
  expect((await list(ben))[0].last.text).toBe('Regardez [lien non affiché] demain');
  const shown = await h.call('GET', `/conversations/${talkId}/messages?shown=${held?.id}`, { as: ben });
  expect(shown.body.items[0]).toMatchObject({ linkHeld: false, text: 'Regardez https://exemple.test/rdv demain' });
  await say(ben, talkId, { text: 'https://exemple.test/ancien' });
  expect((await texts(ana, talkId)).at(-1)).toBe('https://exemple.test/ancien');
});

test('ten at once, then one in five seconds (A6), however they come', async () => {
  const paced = await openHarness({ RATE_LIMITS: 'on' }, { clock: () => new Date(Date.now() + ahead) });
  const talks = talksOf(paced);
  const { ana, ben, talkId } = await talks.pair();
  const answers = await Promise.all(Array.from({ length: 20 }, () => talks.say(ana, talkId)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
  const refused = answers.find(({ status }) => status === 429);
  expect([refused?.body.code, Number(refused?.headers['retry-after']) <= 5]).toEqual(['rate.messages', true]);
  expect((await talks.say(ben, talkId)).status).toBe(201);
  expect((await talks.say(ana, talkId)).status).toBe(429);
  await later(5_500, async () => expect((await talks.say(ana, talkId)).status).toBe(201));
});
