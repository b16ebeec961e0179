import { schema } from '@palier/db';
import type { EventFrame } from '@palier/domain/live';
import type { PostCard } from '@palier/domain/posts';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAlike, storedNow } from '../../../test/feed-sides.ts';
import {
  fair,
  type Move,
  oneMove,
  openMemory,
  openStage,
  otherOf,
  play,
  type Stage,
} from '../../../test/feed-stage.ts';
import { type LiveHarness, openLiveHarness, type TestReader, until } from '../../../test/live-harness.ts';
import { startSequencer } from '../../live/index.ts';
import { feedMemoryOf } from './feed-memory.ts';
import { feedReadsOf } from './meter.ts';

type Resident = Stage['people'][number];
const isNightly = process.env.NIGHTLY === '1'; // I5: two hundred histories in all, over two processes and both ways of reading

/** Whoever reads, in every order: memory = database = rules, and in the end the memory is who answered. */
const everyoneAlike = async ({ h, people }: Stage): Promise<number> => {
  const stored = await storedNow(h);
  let fromMemory = 0;
  for (const { id } of people)
    for (const sort of ['near', 'recent', 'soon'])
      fromMemory += (await expectAlike(h, id, { sort, limit: '3' }, stored)).fromMemory;
  return fromMemory;
};

const cardsOf = async (h: LiveHarness, who: Resident) => {
  const { status, headers, body } = await h.call('GET', '/posts?sort=recent&limit=100', { as: who });
  expect(status).toBe(200);
  return {
    cards: new Map((body.items as PostCard[]).map((card) => [card.id, card])),
    seq: Number(headers['palier-seq']),
  };
};

/** All that a reader hears after `seq`, to the head: a reader whom a block finds catching up is told to begin again (1012), and does. */
const hearAll = async (h: LiveHarness, who: Resident, seq: number, first: TestReader) => {
  const events: EventFrame[] = [];
  for (let reader = first; ; reader = await h.read(who, `?after=${events.at(-1)?.seq ?? seq}`)) {
    const isAtHead = () => reader.frames.some((frame) => frame.type === 'tick' && frame.head === h.hub.head());
    const askAgain = () => reader.send({ type: 'ping' }) ?? false; // unanswered while catching up
    await until(() => isAtHead() || reader.closed !== null || askAgain(), 'everything told');
    events.push(...reader.events);
    if (isAtHead()) {
      reader.socket.terminate();
      return { events, isResync: reader.frames.some(({ type }) => type === 'resync') };
    }
    expect(reader.closed?.code).toBe(1012);
  }
};

// Alone: other suites post in these cells, and a page holds a hundred.
const here = await openLiveHarness({}, {}, { isAlone: true });
const elsewhere = await openLiveHarness({}, {}, { hasSequencer: false, isAlone: true });

/** The harness of a process that stamps by itself, and that of one which hears of another's stamps by wake-ups alone. */
const processes = [
  { name: 'in the process that stamps', h: here, commune: '01173' },
  { name: 'in a process that is only woken', h: elsewhere, commune: '01174' },
];

describe.each(processes)('$name', ({ h, commune }) => {
  beforeAll(async () => {
    openMemory(h);
    if (h !== elsewhere) return;
    await here.sequencer?.stop();
    const sequencer = await startSequencer({
      url: h.appUrl,
      log: h.deps.log,
      doorbell: h.doorbell,
      publish: () => undefined,
    });
    afterAll(sequencer.stop);
  });

  test('at every place of the stream, memory, database and rules say the same to everyone', async () => {
    let fromMemory = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(oneMove, { minLength: 3, maxLength: 9 }), async (history) => {
        const stage = await openStage(h, commune);
        await everyoneAlike(stage);
        await feedMemoryOf(h.db)?.whenIdle();
        for (const move of history) {
          expect(fair).toContain(await play(stage, move));
          await h.settled();
          await feedMemoryOf(h.db)?.whenIdle();
          fromMemory += await everyoneAlike(stage);
        }
      }),
      { numRuns: isNightly ? 50 : 8 },
    );
    expect(fromMemory).toBeGreaterThan(300);
  }, 1_200_000);

  test('everything at once: whoever has just written reads it, a block hides at once, and a page and the events after it make a fresh page', async () => {
    const before = { ...feedReadsOf(h.db) };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(oneMove, { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
        async (rounds) => {
          const stage = await openStage(h, commune);
          const ofStage = (all: Map<string, PostCard>) =>
            [...all.values()]
              .filter(({ author }) => stage.people.some(({ id }) => id === author.id)) // the newest: a page of a hundred may cut those of the runs before
              .sort((a, b) => (a.id < b.id ? -1 : 1));
          for (const { id } of stage.people) await expectAlike(h, id, { sort: 'recent' }, await storedNow(h));
          await feedMemoryOf(h.db)?.whenIdle();
          const still = rounds.map((round) => round.filter(({ move }) => move !== 'move' && move !== 'rename'));
          const readings: {
            who: Resident;
            cards: Map<string, PostCard>;
            seq: number;
            reader: TestReader;
          }[] = [];
          const readNow = async (who: Resident): Promise<void> => {
            const { cards, seq } = await cardsOf(h, who);
            readings.push({ who, cards, seq, reader: await h.read(who, `?after=${seq}`) });
          };
          const act = async (move: Move, _: number, round: readonly Move[]): Promise<void> => {
            const { length } = stage.posts;
            expect(fair).toContain(await play(stage, move));
            const me = stage.people[move.who] as Resident;
            if (move.move === 'block' && !round.some((other) => other.move === 'unblock')) {
              const blocked = otherOf(stage, move).id;
              for (const { author } of (await cardsOf(h, me)).cards.values()) expect(author.id).not.toBe(blocked);
            }
            const mine = stage.posts.slice(length).find(({ author }) => author === me);
            if (move.move !== 'post' || !mine) return;
            const isThere = (await cardsOf(h, me)).cards.has(mine.id);
            const [row] = await h.db
              .select({ state: schema.posts.state })
              .from(schema.posts)
              .where(eq(schema.posts.id, mine.id));
            if (row?.state === 'open') expect(isThere).toBe(true);
          };
          for (const round of still)
            await Promise.all([...round.map(act), ...stage.people.slice(0, 3).map((who) => readNow(who))]);
          await h.settled();
          await feedMemoryOf(h.db)?.whenIdle();
          await everyoneAlike(stage);
          for (const { who, cards, seq, reader } of readings) {
            const { events, isResync } = await hearAll(h, who, seq, reader);
            for (const frame of events)
              if (frame.type === 'post.closed') cards.delete(frame.postId);
              else if ('post' in frame) cards.set(frame.post.id, frame.post);
            const fresh = (await cardsOf(h, who)).cards;
            if (!isResync) expect(ofStage(cards)).toEqual(ofStage(fresh));
          }
        },
      ),
      { numRuns: isNightly ? 50 : 10 },
    );
    expect(feedReadsOf(h.db).memory - before.memory).toBeGreaterThan(50);
  }, 1_200_000);
});
