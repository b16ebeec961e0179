import type { Socket } from 'node:net';
import { type Interest, isEdit, isOfInterest, type PostChange, toldOf } from '@palier/domain/live';
import { homeCell, type StoredPost, type Viewer } from '@palier/domain/places';
import { Audience, Category, PostState } from '@palier/domain/posts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { Reader } from './reader.ts';
import { Registry } from './registry.ts';
import type { StampedEvent } from './stamped-event.ts';
import { type Subjects, tellEvent } from './tell.ts';

/** Public cells that are the same, touch, and lie some 400 m, 1.5 km and 9 km away. */
const cells = [0, 0.001, 0.004, 0.014, 0.08].map((north) => homeCell({ lat: 46.33 + north, lon: 6.05 }, 10));
const communes = ['01173', '01399'];
const epoch = new Date(0);

type Heard = { reader: Reader; frames: Record<string, unknown>[] };
let readers = 0;
/** A live reader over the other end of a socket, which keeps what it is sent. */
const listen = (registry: Registry, viewer: Viewer, interest: Interest | null = null): Heard => {
  const frames: Record<string, unknown>[] = [];
  const socket = { bufferedAmount: 0, readyState: 1, OPEN: 1 };
  const textOf = (frame: Buffer): string => frame.toString('utf8', frame[1] === 126 ? 4 : 2);
  const wire = { write: (frame: Buffer) => frames.push(JSON.parse(textOf(frame))) };
  const who = { accountId: `account ${readers++}`, sessionHash: '', viewer };
  const reader = new Reader(socket as unknown as WebSocket, wire as unknown as Socket, who, 0);
  reader.interest = interest;
  reader.goLive();
  registry.add(reader);
  return { reader, frames };
};

const living = (n: number, cell: string | undefined, commune = communes[0]): Viewer => ({
  residentId: `resident ${n}`,
  residenceId: `residence ${Math.floor(n / 3)} ${cell}`,
  stairId: n % 2 ? 'stair' : null,
  cell: cell ?? '',
  commune: commune ?? '',
});
const postOf = (author: Viewer, more: Partial<StoredPost> = {}): StoredPost => ({
  ...author,
  ...{ id: 'post', authorId: author.residentId, authorName: 'Ana', kind: 'request', category: 'pets' },
  ...{ title: 'Un chat', details: '', audience: 'neighbourhood', helpersNeeded: 1, taken: 0, urgentUntil: null },
  ...{ windowFrom: null, windowTo: null, state: 'open', onBehalf: false, seriesId: null },
  ...{ createdAt: epoch, updatedAt: epoch, expiresAt: epoch },
  ...more,
});
const eventOf = (post: StoredPost, change: PostChange, seq: number): StampedEvent => ({
  ...{ seq, kind: 'post', change, postId: post.id, favourId: null, notificationId: null, conversationId: null },
  ...{ messageId: null, caseId: null, cell: post.cell, residenceId: post.residenceId, commune: post.commune },
  ...{ sideA: post.authorId, sideB: null },
});
const about = (post: StoredPost, hidden: readonly string[] = []): Subjects => ({
  posts: new Map([[post.id, post]]),
  blocked: new Map([[post.authorId, new Set(hidden)]]),
  ...{ favours: new Map(), talks: new Map(), desks: new Map(), overseers: new Map(), coverage: [] },
});

/** What the domain owes one reader, every reader being asked: the type of the frame, or null. */
const owed = (change: PostChange, post: StoredPost, viewer: Viewer, interest: Interest | null, isHidden: boolean) => {
  const isTheirs = change === 'reached' || change === 'shown' || change.startsWith('hidden:');
  if (isTheirs && viewer.residentId !== post.authorId) return null;
  const told = toldOf(change, post, viewer, isHidden);
  if (!told || told.type === 'post.closed' || !interest || isOfInterest(post, viewer, interest))
    return told?.type ?? null;
  return isEdit(change) ? 'post.closed' : null;
};

const anInterest = fc.option(
  fc.record({
    within: fc.option(fc.constantFrom(1, 100, 250, 1000, 5000)),
    categories: fc.option(fc.subarray(Category.options, { maxLength: 3 })),
  }),
);
const someone = fc.record({
  n: fc.nat({ max: 8 }),
  cell: fc.constantFrom(...cells),
  commune: fc.constantFrom(...communes),
});
const aJoin = fc.record({ act: fc.constant('join' as const), at: someone, interest: anInterest });
const aPost = fc.record({
  act: fc.constant('post' as const),
  by: someone,
  category: fc.constantFrom(...Category.options.slice(0, 4)),
  audience: fc.constantFrom(...Audience.options),
  state: fc.constantFrom('open', 'open', ...PostState.options),
  hidden: fc.nat({ max: 8 }),
  change: fc.constantFrom<PostChange>(
    ...(['opened', 'changed', 'edited', 'filled', 'closed', 'narrowed:commune', 'shown', 'reached'] as const),
  ),
});
const aStep = fc.oneof(
  { arbitrary: aJoin, weight: 4 },
  fc.record({ act: fc.constant('narrow' as const), who: fc.nat(), interest: anInterest }),
  fc.record({ act: fc.constant('move' as const), who: fc.nat(), at: someone }),
  fc.record({ act: fc.constant('leave' as const), who: fc.nat() }),
  { arbitrary: aPost, weight: 4 },
);

test('whoever comes, moves, narrows and widens what they hear of, or leaves: each event is told once to everyone it is owed to, and to nobody else', () => {
  let [told, narrowed] = [0, 0];
  fc.assert(
    fc.property(fc.array(aStep, { minLength: 30, maxLength: 60 }), (history) => {
      const registry = new Registry();
      const here: Heard[] = [];
      const one = (who: number) => here[who % Math.max(1, here.length)];
      for (const [seq, step] of history.entries()) {
        if (step.act === 'join')
          here.push(listen(registry, living(step.at.n, step.at.cell, step.at.commune), step.interest));
        else if (step.act === 'post') {
          const author = living(step.by.n, step.by.cell, step.by.commune);
          const { category, audience, state, change, hidden } = step;
          const post = postOf(author, { category, audience, state });
          for (const { frames } of here) frames.length = 0;
          const reached = { lookedAt: 0, told: 0 };
          tellEvent(registry, eventOf(post, change, seq + 1), about(post, [`resident ${hidden}`]), epoch, reached);
          for (const { reader, frames } of here) {
            const { viewer, interest } = reader;
            const type = viewer && owed(change, post, viewer, interest, viewer.residentId === `resident ${hidden}`);
            expect(frames.map((frame) => frame['type'])).toEqual(type ? [type] : []);
            if (type && interest) narrowed += 1;
            if (type) told += 1;
          }
        } else {
          const found = one(step.who);
          if (!found) continue;
          if (step.act === 'narrow') registry.narrow(found.reader, step.interest);
          else if (step.act === 'move') registry.move(found.reader, living(step.at.n, step.at.cell, step.at.commune));
          else {
            registry.remove(found.reader);
            here.splice(here.indexOf(found), 1);
          }
        }
      }
      for (const { reader } of here) registry.remove(reader);
      expect([[...registry.places()].length, registry.all.size]).toEqual([0, 0]);
    }),
    { numRuns: 500 },
  );
  expect(told).toBeGreaterThan(1_000);
  expect(narrowed).toBeGreaterThan(200);
});

test('a post looks at the sockets that asked for such a one, however many others are open around it', () => {
  const looks = (crowd: number): number[] => {
    const registry = new Registry();
    for (let n = 0; n < crowd; n += 1) {
      const { viewer, interest } = {
        viewer: living(1_000 + n, cells[n % 3]),
        interest: { within: null, categories: [Category.options[1 + (n % 15)] ?? 'other'] },
      };
      listen(registry, viewer, n % 2 ? interest : { within: 1, categories: null });
    }
    for (let n = 0; n < 20; n += 1)
      listen(registry, living(n, cells[n % 3]), n % 2 ? { within: 5_000, categories: ['errands'] } : null);
    const author = living(900, cells[0]);
    return (['neighbourhood', 'commune'] as const).flatMap((audience, n) => {
      const reached = { lookedAt: 0, told: 0 };
      const post = postOf(author, { category: 'errands', audience });
      tellEvent(registry, eventOf(post, 'opened', n + 1), about(post), epoch, reached);
      return [reached.lookedAt, reached.told];
    });
  };
  expect(Category.options[0]).toBe('errands');
  expect(looks(100)).toEqual([20, 20, 20, 20]);
  expect(looks(4_000)).toEqual([20, 20, 20, 20]);
});
