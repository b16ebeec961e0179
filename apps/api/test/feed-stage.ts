import fc from 'fast-check';
import type { Context } from '../src/context.ts';
import { cellIndexOf } from '../src/places/index.ts';
import { calmPosts } from '../src/posts/calm-posts.ts';
import { expirePosts } from '../src/posts/expire-posts.ts';
import { openFeedMemory } from '../src/posts/memory/feed-memory.ts';
import type { LiveHarness } from './live-harness.ts';

type Resident = Awaited<ReturnType<LiveHarness['mintResident']>>;
type Home = Awaited<ReturnType<LiveHarness['mintResidence']>>;
/** Where a history is played: its people, their residences, and what they made. */
export type Stage = {
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
  'calm',
  'block',
  'block',
  'unblock',
  'rename',
  'move',
  'restart',
] as const;
export type Move = { move: (typeof moves)[number]; who: number; what: number };
export const oneMove = fc.record<Move>({
  move: fc.constantFrom(...moves),
  who: fc.nat({ max: 5 }),
  what: fc.nat({ max: 11 }),
});
const audiences = ['stair', 'residence', 'neighbourhood', 'commune'] as const;
/** Answers that the rules give. */
export const fair = new Set([200, 201, 204, 403, 404, 409, 422, 429]);
const hourMs = 3_600_000;

/** Two residences of one cell, one of a cell that touches it, one far away in the commune; six people, two of them on one stair. */
export const openStage = async (h: LiveHarness, commune: string): Promise<Stage> => {
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

/** A resident goes to live elsewhere, by the code of the house; not while a post or favour of theirs is under way. */
const goTo = async ({ h, homes }: Stage, who: Resident, what: number): Promise<number> => {
  const home = homes[what % homes.length] as Home;
  const { code } = await h.mintInvitation(home.id);
  const stairId = home.stairs[what % 2]?.id;
  return (await h.call('POST', '/me/residence', { as: who, body: { code, ...(stairId && { stairId }) } })).status;
};

/** A job's own call, so long from now, in ms. */
const jobAt = (h: LiveHarness, fromNowMs: number): Context<unknown> => ({
  ...h.deps,
  ...{ actor: null, now: new Date(Date.now() + fromNowMs), ip: '', locale: 'fr', tx: null },
});

/** Opens the memory anew, as a process that starts does. */
export const openMemory = (h: LiveHarness): void =>
  void openFeedMemory({ db: h.db, log: h.deps.log, head: h.hub.head });

/** Whom a move is about, when it is about two. */
export const otherOf = ({ people }: Stage, { who, what }: Omit<Move, 'move'>): Resident =>
  people[(who + 1 + (what % 5)) % 6] as Resident;

/** Makes one move; resolves with the status it was answered. */
export const play = async (stage: Stage, { move, who, what }: Move): Promise<number> => {
  const { h, people, posts, favours } = stage;
  const one = people[who] as Resident;
  const other = otherOf(stage, { who, what });
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
  if (move === 'move') return goTo(stage, one, what);
  if (move === 'restart') {
    openMemory(h);
    return 200;
  }
  if (move === 'expire') return expirePosts(jobAt(h, what * 2 * hourMs)).then(() => 200);
  if (move === 'calm') return calmPosts(jobAt(h, 2.1 * hourMs)).then(() => 200);
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
