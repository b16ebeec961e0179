import { schema } from '@palier/db';
import type { PostCard } from '@palier/domain/posts';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { expectAlike, storedNow } from '../../../test/feed-sides.ts';
import { type LiveHarness, openLiveHarness, until } from '../../../test/live-harness.ts';
import type { Context } from '../../context.ts';
import { startSequencer } from '../../live/index.ts';
import { cellIndexOf } from '../../places/index.ts';
import { record } from '../../record.ts';
import { expirePosts } from '../expire-posts.ts';
import { feedMemoryOf, openFeedMemory } from './feed-memory.ts';
import { feedReadsOf } from './meter.ts';

type Resident = Awaited<ReturnType<LiveHarness['mintResident']>>;
type Home = Awaited<ReturnType<LiveHarness['mintResidence']>>;
type Stage = {
  h: LiveHarness;
  people: Resident[];
  homes: Home[];
  posts: { id: string; author: Resident }[];
  favours: string[];
};

const moves = [
  'post',
  'post',
  'post',
  'edit',
  'edit',
  'accept',
  'accept',
  'leave',
  'withdraw',
  'expire',
  'block',
  'block',
  'unblock',
  'rename',
  'move',
  'restart',
] as const;
type Move = { move: (typeof moves)[number]; who: number; what: number };
const oneMove = fc.record<Move>({
  move: fc.constantFrom(...moves),
  who: fc.nat({ max: 5 }),
  what: fc.nat({ max: 11 }),
});
const audiences = ['stair', 'residence', 'neighbourhood', 'commune'] as const;
const fair = new Set([200, 201, 204, 403, 404, 409, 422, 429]);
const hourMs = 3_600_000;

/** Two residences of one cell, one of a cell that touches it, one far away in the commune; six people, two of them on one stair. */
const openStage = async (h: LiveHarness, commune: string): Promise<Stage> => {
  const homes = [
    await h.mintResidence({ commune, cell: '891f961802fffff' }),
    await h.mintResidence({ commune, cell: '891f961802fffff' }),
    await h.mintResidence({ commune, cell: '891f961806fffff' }),
    await h.mintResidence({ commune, cell: '891f96180b3ffff' }),
  ] as [Home, Home, Home, Home];
  const at = (home: Home, stair?: number) =>
    h.mintResident({ residenceId: home.id, stairId: stair === undefined ? null : (home.stairs[stair]?.id ?? null) });
  const people = [
    await at(homes[0], 0),
    await at(homes[0], 0),
    await at(homes[0], 1),
    await at(homes[1]),
    await at(homes[2]),
    await at(homes[3]),
  ];
  await cellIndexOf(h.db).refresh();
  return { h, people, homes, posts: [], favours: [] };
};

/** A resident goes to live elsewhere; nothing in the API does it yet, so it is written as it will be. */
const goTo = async ({ h, homes }: Stage, who: Resident, what: number): Promise<void> => {
  const home = homes[what % homes.length] as Home;
  await h.db.transaction(async (tx) => {
    await tx
      .update(schema.residents)
      .set({ residenceId: home.id, stairId: home.stairs[what % 2]?.id ?? null })
      .where(eq(schema.residents.id, who.id));
    await record(
      tx,
      { at: new Date(), actorId: who.accountId, actorRole: 'resident', action: 'test.move', subject: 'resident' },
      [{ kind: 'rights', change: 'residence', sideA: who.accountId }],
    );
  });
  h.doorbell.ring();
};

const openMemory = (h: LiveHarness): void => void openFeedMemory({ db: h.db, log: h.deps.log, head: h.hub.head });

const play = async (stage: Stage, { move, who, what }: Move): Promise<number> => {
  const { h, people, posts, favours } = stage;
  const one = people[who] as Resident;
  const other = people[(who + 1 + (what % 5)) % 6] as Resident;
  const post = posts[what % Math.max(1, posts.length)];
  const audience = audiences[what % 4];
  const from = new Date(Date.now() + (1 + (what % 3)) * hourMs).toISOString();
  const to = new Date(Date.now() + (3 + (what % 4)) * hourMs).toISOString();
  if (move === 'post') {
    const body = {
      kind: what % 2 ? 'offer' : 'request',
      category: what % 3 ? 'errands' : 'pets',
      title: 'Du pain pour demain',
      audience,
      helpersNeeded: 1 + (what % 2),
      ...(what % 5 === 0 && { urgent: true }),
      ...(what % 4 === 1 && { window: { from, to } }),
    };
    const answer = await h.call('POST', '/posts', { as: one, body });
    if (answer.status === 201) posts.push({ id: answer.body.post.id, author: one });
    return answer.status;
  }
  if (move === 'rename')
    return (await h.call('PATCH', '/me', { as: one, body: { displayName: `Nom ${what}` } })).status;
  if (move === 'block') return (await h.call('POST', `/blocks/${other.id}`, { as: one })).status;
  if (move === 'unblock') return (await h.call('DELETE', `/blocks/${other.id}`, { as: one })).status;
  if (move === 'move') return goTo(stage, one, what).then(() => 200);
  if (move === 'restart') {
    openMemory(h);
    return 200;
  }
  if (move === 'expire') {
    const moment: Context<unknown> = {
      ...h.deps,
      actor: null,
      now: new Date(Date.now() + what * 2 * hourMs),
      ip: '',
      locale: 'fr',
      tx: null,
    };
    return expirePosts(moment).then(() => 200);
  }
  if (move === 'leave') {
    const favour = favours[what % Math.max(1, favours.length)];
    return favour
      ? (await h.call('POST', `/favours/${favour}/withdraw`, { as: one, body: { reason: 'no-time' } })).status
      : 404;
  }
  if (!post) return 404;
  if (move === 'accept') {
    const answer = await h.call('POST', `/posts/${post.id}/favours`, { as: one, body: {} });
    if (answer.status === 201) favours.push(answer.body.favour.id);
    return answer.status;
  }
  return move === 'withdraw'
    ? (await h.call('POST', `/posts/${post.id}/withdraw`, { as: post.author, body: { reason: 'other' } })).status
    : (
        await h.call('PATCH', `/posts/${post.id}`, {
          as: post.author,
          body: { audience, title: `Fournée ${what}`, urgent: what % 3 === 0 },
        })
      ).status;
};

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

const here = await openLiveHarness();
const elsewhere = await openLiveHarness({}, {}, { hasSequencer: false });

/** The harness of a process that stamps by itself, and that of one which hears of another's stamps by wake-ups alone. */
const processes = [
  { name: 'in the process that stamps', h: here, commune: '01173' },
  { name: 'in a process that is only woken', h: elsewhere, commune: '01174' },
];

describe.each(processes)('$name', ({ h, commune }) => {
  test('at every place of the stream, memory, database and rules say the same to everyone', async () => {
    if (h === elsewhere) {
      await here.sequencer?.stop();
      const sequencer = await startSequencer({
        url: h.appUrl,
        log: h.deps.log,
        doorbell: h.doorbell,
        publish: () => undefined,
      });
      afterAll(sequencer.stop);
    }
    openMemory(h);
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
      { numRuns: 12 },
    );
    expect(fromMemory).toBeGreaterThan(300);
  }, 180_000);

  test('everything at once: whoever has just written reads it, a block hides at once, and a page and the events after it make a fresh page', async () => {
    const before = { ...feedReadsOf(h.db) };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(oneMove, { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
        async (rounds) => {
          const stage = await openStage(h, commune);
          for (const { id } of stage.people) await expectAlike(h, id, { sort: 'recent' }, await storedNow(h));
          await feedMemoryOf(h.db)?.whenIdle();
          const still = rounds.map((round) => round.filter(({ move }) => move !== 'move'));
          const readings: {
            who: Resident;
            cards: Map<string, PostCard>;
            reader: Awaited<ReturnType<typeof h.read>>;
          }[] = [];
          const readNow = async (who: Resident): Promise<void> => {
            const { cards, seq } = await cardsOf(h, who);
            readings.push({ who, cards, reader: await h.read(who, `?after=${seq}`) });
          };
          const act = async (move: Move): Promise<void> => {
            const { length } = stage.posts;
            expect(fair).toContain(await play(stage, move));
            const mine = stage.posts.slice(length).find(({ author }) => author === stage.people[move.who]);
            if (move.move !== 'post' || !mine) return;
            const isThere = (await cardsOf(h, mine.author)).cards.has(mine.id);
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
          for (const { who, cards, reader } of readings) {
            reader.send({ type: 'ping' });
            await until(
              () => reader.frames.some((frame) => frame.type === 'tick' && frame.head === h.hub.head()),
              'everything told',
            );
            for (const frame of reader.events)
              if (frame.type === 'post.closed') cards.delete(frame.postId);
              else if ('post' in frame) cards.set(frame.post.id, frame.post);
            const fresh = (await cardsOf(h, who)).cards;
            const sorted = (all: Map<string, PostCard>) => [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
            if (!reader.frames.some(({ type }) => type === 'resync')) expect(sorted(cards)).toEqual(sorted(fresh));
            reader.socket.terminate();
          }
        },
      ),
      { numRuns: 15 },
    );
    expect(feedReadsOf(h.db).memory - before.memory).toBeGreaterThan(50);
  }, 180_000);
});
