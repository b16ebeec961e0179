import type { PostCard } from '@palier/domain/posts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { caseOf, decide, mintStaff, reportOf } from '../../test/desk.ts';
import { openLiveHarness, type TestReader, until } from '../../test/live-harness.ts';
import type { Context } from '../context.ts';
import { matchPost, tellPost } from '../matching/index.ts';
import { calmPosts } from '../posts/index.ts';

const isNightly = process.env.NIGHTLY === '1'; // I5: two hundred histories
const h = await openLiveHarness({}, {}, { isAlone: true }); // one of its moves acts on every post there is
type Resident = Awaited<ReturnType<typeof h.mintResident>>;

const moves = [
  'post',
  'post',
  'post',
  'edit',
  'edit',
  'accept',
  'accept',
  'accept',
  'leave',
  'decline',
  'done',
  'no-show',
  'withdraw',
  'block',
  'unblock',
  'rename',
  'move',
  'rule',
  'calm',
  'calm',
  'ring',
] as const;
type Move = { move: (typeof moves)[number]; who: number; what: number };
const history = fc.array(
  fc.record<Move>({ move: fc.constantFrom(...moves), who: fc.nat({ max: 3 }), what: fc.nat({ max: 7 }) }),
  { minLength: 2, maxLength: 14 },
);

const audiences = ['stair', 'residence', 'neighbourhood', 'commune'] as const;
const rulings = ['hide', 'remove', 'pause', 'allow'] as const;
const fair = new Set([200, 201, 204, 403, 404, 409, 422, 429]);

/** The feed as the API answers it now, whole, and the place in the stream from which it is kept true. */
const snapshotOf = async (who: Resident) => {
  const cards = new Map<string, PostCard>();
  let seq = 0;
  for (let cursor = '', isFirst = true; cursor !== '' || isFirst; isFirst = false) {
    const page = await h.call(
      'GET',
      `/posts?sort=recent&limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      { as: who },
    );
    expect(page.status).toBe(200);
    if (isFirst) seq = Number(page.headers['palier-seq']);
    for (const card of page.body.items as PostCard[]) cards.set(card.id, card);
    cursor = page.body.next ?? '';
  }
  return { cards, seq };
};
const applied = (cards: ReadonlyMap<string, PostCard>, reader: TestReader): Map<string, PostCard> => {
  const held = new Map(cards);
  for (const frame of reader.events)
    if (frame.type === 'post.closed') held.delete(frame.postId);
    else if ('post' in frame) held.set(frame.post.id, frame.post);
  return held;
};
const sorted = (cards: ReadonlyMap<string, PostCard>) => [...cards.values()].sort((a, b) => (a.id < b.id ? -1 : 1));

/** Four people of whom two share a stair, one has another, one lives next door; and the referent of both houses. */
const mintPeople = async () => {
  const home = await h.mintResidence();
  const nextDoor = await h.mintResidence({ cell: home.cell });
  const [stairA = null, stairB = null] = home.stairs.map(({ id }) => id);
  const at = (stairId: string | null) => h.mintResident({ residenceId: home.id, stairId });
  const people = [
    await at(stairA),
    await at(stairA),
    await at(stairB),
    await h.mintResident({ residenceId: nextDoor.id }),
  ] as const;
  const referent = await mintStaff(h, 'referent', home.id, nextDoor.id);
  return { people, houses: [home.id, nextDoor.id] as const, referent };
};
type Cast = Awaited<ReturnType<typeof mintPeople>>;

/** A job's own call, so many hours from now. */
const jobAt = (hours: number): Context<unknown> => ({
  ...h.deps,
  ...{ actor: null, now: new Date(Date.now() + hours * 3_600_000), ip: '', locale: 'fr', tx: null },
});

/** Somebody reports a post, and its referent rules on it. */
const rule = async (cast: Cast, one: Resident, postId: string, what: number): Promise<number> => {
  const { status } = await h.call('POST', '/reports', { as: one, body: reportOf(postId) });
  const about = await caseOf(h, postId);
  if (!about) return status;
  const kind = rulings[what % rulings.length] ?? 'allow';
  return (await decide(h, cast.referent, about.id, kind, kind === 'pause' ? { days: 2 } : {})).status;
};

const play = async (
  cast: Cast,
  posts: { id: string; author: Resident }[],
  favours: { id: string; post: string }[],
  { move, who, what }: Move,
): Promise<number> => {
  const { people } = cast;
  const one = people[who] as Resident;
  const post = posts[what % Math.max(1, posts.length)];
  const favour = favours[what % Math.max(1, favours.length)];
  const other = people[(who + 1 + (what % 3)) % 4] as Resident;
  const audience = audiences[what % 4];
  if (move === 'post') {
    const answer = await h.call('POST', '/posts', {
      as: one,
      body: {
        kind: what % 2 ? 'offer' : 'request',
        category: 'errands',
        title: 'Du pain pour demain',
        audience,
        helpersNeeded: 1 + (what % 2),
        ...(what % 3 === 0 && { urgent: true }),
      },
    });
    if (answer.status === 201) posts.push({ id: answer.body.post.id, author: one });
    return answer.status === 422 ? 409 : answer.status;
  }
  if (move === 'calm') return calmPosts(jobAt(2.1)).then(() => 200);
  if (move === 'ring') {
    if (!post) return 404;
    if (await matchPost(jobAt(0), { postId: post.id })) await tellPost(jobAt(what), post.id);
    return (await h.call('POST', `/posts/${post.id}/widen`, { as: one, body: {} })).status;
  }
  if (move === 'rule') return post ? rule(cast, one, post.id, what) : 404;
  if (move === 'move') {
    const { code } = await h.mintInvitation(cast.houses[what % 2] as string);
    return (await h.call('POST', '/me/residence', { as: one, body: { code } })).status;
  }
  if (move === 'rename') return (await h.call('PATCH', '/me', { as: one, body: { availability: [] } })).status;
  if (move === 'block') return (await h.call('POST', `/blocks/${other.id}`, { as: one })).status;
  if (move === 'unblock') return (await h.call('DELETE', `/blocks/${other.id}`, { as: one })).status;
  if (move === 'accept') {
    if (!post) return 404;
    const answer = await h.call('POST', `/posts/${post.id}/favours`, { as: one, body: {} });
    if (answer.status === 201) favours.push({ id: answer.body.favour.id, post: post.id });
    return answer.status;
  }
  if (move === 'edit' || move === 'withdraw') {
    if (!post) return 404;
    if (move === 'withdraw')
      return (await h.call('POST', `/posts/${post.id}/withdraw`, { as: post.author, body: { reason: 'other' } }))
        .status;
    return (
      await h.call('PATCH', `/posts/${post.id}`, {
        as: post.author,
        body: { audience, title: `Du pain, fournée ${what}` },
      })
    ).status;
  }
  if (!favour) return 404;
  const body = {
    leave: { reason: 'no-time' },
    decline: { reason: 'other' },
    done: {},
    'no-show': { reason: 'nobody-came' },
  }[move];
  return (await h.call('POST', `/favours/${favour.id}/${move === 'leave' ? 'withdraw' : move}`, { as: one, body }))
    .status;
};

test('a snapshot and the events after it make a fresh snapshot, for every reader, whatever happened in between', async () => {
  const heard = new Set<string>();
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(history, history, async (before, after) => {
      const cast = await mintPeople();
      const posts: { id: string; author: Resident }[] = [];
      const favours: { id: string; post: string }[] = [];
      for (const move of before) expect(fair).toContain(await play(cast, posts, favours, move));
      const readings = await Promise.all(
        cast.people.map(async (who) => {
          const { cards, seq } = await snapshotOf(who);
          return { who, cards, reader: await h.read(who, `?after=${seq}`) };
        }),
      );
      for (const move of after) expect(fair).toContain(await play(cast, posts, favours, move));
      await h.settled();
      for (const { who, cards, reader } of readings) {
        const askAgain = () => reader.send({ type: 'ping' }) ?? false; // unanswered while catching up
        await until(
          () => reader.frames.some((frame) => frame.type === 'tick' && frame.head === h.hub.head()) || askAgain(),
          'everything told',
        );
        expect(reader.closed).toBeNull();
        for (const frame of reader.events)
          heard.add(frame.type === 'post.closed' ? `closed ${frame.state}` : frame.type);
        const mustReload = reader.frames.some((frame) => frame.type === 'resync'); // whoever moved holds nothing to keep true
        if (!mustReload) expect(sorted(applied(cards, reader))).toEqual(sorted((await snapshotOf(who)).cards));
        compared += mustReload ? 0 : 1;
        reader.socket.terminate();
      }
    }),
    { numRuns: isNightly ? 200 : 25, seed: 20261122 },
  );
  expect(compared).toBeGreaterThan(60);
  expect([...heard]).toEqual(
    expect.arrayContaining([
      'closed filled',
      'closed removed',
      'closed withdrawn',
      'favour.changed',
      'post.changed',
      'post.opened',
    ]),
  );
}, 1_200_000);
