import { expect, test } from 'vitest';
import { openLiveHarness, type TestReader, until } from '../../test/live-harness.ts';
import { type Side, talksOf } from '../../test/talks.ts';

const h = await openLiveHarness();
const { say, read, detail, list, pair } = talksOf(h);
const typing = (as: Side, talkId: string) => h.call('POST', `/conversations/${talkId}/typing`, { as });
const mark = (as: Side, talkId: string, messageId: string) =>
  h.call('POST', `/conversations/${talkId}/read`, { as, body: { messageId } });

/** What left for this reader before now has arrived: a tick comes after it. */
const ticked = async (reader: TestReader): Promise<void> => {
  const ticks = () => reader.frames.filter(({ type }) => type === 'tick').length;
  const before = ticks();
  await until(() => {
    reader.send({ type: 'ping' }); // whoever is catching up is answered once they have
    return ticks() > before;
  }, 'the tick');
};
/** Everything that is to be told of what was committed so far has arrived. */
const fence = async (...readers: TestReader[]): Promise<void> => {
  await h.settled();
  for (const reader of readers) await ticked(reader);
};
/** What a reader heard of one conversation, in order. */
const ofTalk = (reader: TestReader, talkId: string, from = 0): string[] =>
  reader.frames
    .slice(from)
    .flatMap((frame) => ('conversationId' in frame && frame.conversationId === talkId ? [frame.type] : []));

test('what is written, read and typed is told to the two sides, and to nobody else', async () => {
  const { ana, ben, talkId } = await pair();
  const neighbour = await h.mintResident({ residenceId: ana.residenceId });
  await h.settled();
  const [hers, his, third] = [await h.read(ana), await h.read(ben), await h.read(neighbour)];
  await fence(hers, his, third);
  expect((await typing(ana, talkId)).status).toBe(204);
  const { id } = (await say(ana, talkId, { text: 'Je descends' })).body.message;
  await fence(hers, his, third);
  expect((await mark(ben, talkId, id)).status).toBe(204);
  await fence(hers, his, third);
  expect(ofTalk(his, talkId)).toEqual(['typing', 'message.sent', 'conversation.changed']);
  expect(ofTalk(hers, talkId)).toEqual(['message.sent', 'conversation.changed']);
  expect(ofTalk(third, talkId)).toEqual([]);
  expect(his.events.find(({ type }) => type === 'message.sent')).toMatchObject({
    conversationId: talkId,
    messageId: id,
  });
  expect(JSON.stringify([hers.frames, his.frames])).not.toContain('Je descends');
  for (const reader of [hers, his, third]) reader.socket.terminate();
});

test('a list read, and then brought up to date by what is told, is the list read anew', async () => {
  const { ana, ben, talkId } = await pair();
  await h.settled();
  await say(ana, talkId, { text: 'Avant' });
  await h.settled();
  const first = await h.call('GET', `/conversations/${talkId}/messages?limit=100`, { as: ben });
  const held = new Set(first.body.items.map((item: { id: string }) => item.id));
  await Promise.all(Array.from({ length: 12 }, (_, n) => say(n % 2 ? ana : ben, talkId, { text: `Mot ${n}` })));
  const his = await h.read(ben, `?after=${first.headers['palier-seq']}`);
  await say(ana, talkId, { quick: 'on-my-way' });
  await fence(his);
  const told = his.events.flatMap((frame) =>
    frame.type === 'message.sent' && frame.conversationId === talkId ? [frame.messageId] : [],
  );
  expect(new Set(told).size).toBe(told.length);
  expect([...new Set([...held, ...told])].sort()).toEqual((await read(ben, talkId)).map(({ id }) => id).sort());
  his.socket.terminate();
});

test('after the acknowledgement of a block nothing of the other is delivered, live or replayed, whoever blocks', async () => {
  for (let round = 0; round < 12; round += 1) {
    const { ana, ben, talkId } = await pair();
    const { id } = (await say(ben, talkId, { text: 'Bonjour' })).body.message;
    await h.settled();
    const before = h.hub.head();
    const [hers, his] = [await h.read(ana), await h.read(ben)];
    const besides = await h.read(ben);
    await ticked(besides);
    if (round % 3) await fence(hers, his); // else still on their doorstep, where frames are queued
    const [who, whom] = round % 2 ? [ana, ben] : [ben, ana];
    let at = -1;
    const writing = [say(ana, talkId), typing(ana, talkId), mark(ana, talkId, id), say(ana, talkId), say(ana, talkId)];
    const block = h.call('POST', `/blocks/${whom.id}`, { as: who }).then(async ({ status }) => {
      await ticked(besides); // what left before the acknowledgement was on the wire before this tick
      at = his.frames.length;
      return status;
    });
    const late = block.then(() => Promise.all([say(ana, talkId), typing(ana, talkId), mark(ana, talkId, id)]));
    expect(await block).toBe(204);
    expect((await late).map(({ status }) => status)).toEqual([404, 404, 404]);
    await Promise.all(writing);
    await fence(hers, his);
    expect([round, ofTalk(his, talkId, at)]).toEqual([round, []]);
    const again = await h.read(ben, `?after=${before}`);
    await fence(again);
    expect([round, ofTalk(again, talkId)]).toEqual([round, []]);
    expect([(await detail(ben, talkId)).status, (await list(ben)).length]).toEqual([404, 0]);
    for (const reader of [hers, his, besides, again]) reader.socket.terminate();
  }
}, 60_000);
