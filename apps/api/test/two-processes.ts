import { pino } from 'pino';
import { expect } from 'vitest';
import { newId } from '../src/ids.ts';
import { openLiveHarness, type TestReader, until } from './live-harness.ts';
import { type Side, talksOf } from './talks.ts';

/** Two processes' worth of parts on one database: Ana speaks to the first; whoever reads, reads through the second, where a socket that says nothing waits on its doorstep for ever. */
export const openTwo = async (settings: Record<string, string> = {}) => {
  const warned: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void warned.push(line) });
  const first = await openLiveHarness(settings, {}, { knowsOthers: true, parts: { log } });
  const second = await openLiveHarness(
    settings,
    { firstFrameMs: 3_600_000 },
    { hasSequencer: false, knowsOthers: true },
  );
  await first.presence?.refresh();
  return { first, second, warned, ...talksOf(first) };
};
type Two = Awaited<ReturnType<typeof openTwo>>;

const ticked = async (reader: TestReader): Promise<void> => {
  const ticks = () => reader.frames.filter(({ type }) => type === 'tick').length;
  const before = ticks();
  reader.send({ type: 'ping' });
  await until(() => ticks() > before, 'the tick', 10_000);
};
const ofTalk = (reader: TestReader, talkId: string, from = 0): string[] =>
  reader.frames
    .slice(from)
    .flatMap((frame) => ('conversationId' in frame && frame.conversationId === talkId ? [frame.type] : []));
const typing = ({ first }: Two, as: Side, talkId: string) =>
  first.call('POST', `/conversations/${talkId}/typing`, { as });

/** What the second process had made ready for Ben when Ana blocked him through the first, and what he hears of it behind the acknowledgement. */
const blockThroughTheFirst = async (two: Two) => {
  const { first, second, say, pair } = two;
  const { ana, ben, talkId } = await pair();
  await second.settled();
  const waiting = await second.read(ben);
  const besides = await second.read(ben);
  await ticked(besides);
  await say(ana, talkId);
  await second.settled();
  await until(() => ofTalk(besides, talkId).length > 0, 'the message', 10_000);
  expect(ofTalk(waiting, talkId)).toEqual([]);
  const { status } = await first.call('POST', `/blocks/${ben.id}`, { as: ana });
  await ticked(besides); // what left before the acknowledgement was on the wire before this tick
  const at = waiting.frames.length;
  await ticked(waiting); // its first frame: what is queued would come before the answer
  const late = ofTalk(waiting, talkId, at);
  for (const reader of [waiting, besides]) reader.socket.terminate();
  return { status, late };
};
/** A block through one process, thrice, and nothing of it behind the acknowledgement in the other, which answered each time. */
export const blocksExactly = async (two: Two): Promise<void> => {
  for (let round = 0; round < 3; round += 1) expect(await blockThroughTheFirst(two)).toEqual({ status: 204, late: [] });
  expect(two.warned.filter((line) => line.includes('acknowledged before'))).toEqual([]);
};
/** What is typed through one process is told in the other, to those who may see it alone. */
export const tellsTyping = async (two: Two): Promise<void> => {
  const { first, second, pair } = two;
  const { ana, ben, talkId } = await pair();
  const eve = await first.mintResident();
  const [his, theirs] = [await second.read(ben), await second.read(eve)];
  for (const reader of [his, theirs]) await ticked(reader);
  expect((await typing(two, ana, talkId)).status).toBe(204);
  await until(() => ofTalk(his, talkId).includes('typing'), 'the typing, over there', 10_000);
  const asked = { what: 'typing', from: newId(), conversationId: talkId, residentId: ben.id, seers: [eve.id, ana.id] };
  const hers = await second.read(ana);
  await ticked(hers);
  second.hub.hear(JSON.stringify(asked));
  await until(() => ofTalk(hers, talkId).includes('typing'), 'what a seer may see', 10_000);
  await ticked(theirs);
  expect(ofTalk(theirs, talkId)).toEqual([]);
  for (const reader of [his, hers, theirs]) reader.socket.terminate();
};
