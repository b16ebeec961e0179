import type { Transaction } from '@palier/db';
import type { Before, CaseKind, DecideCase } from '@palier/domain/moderation';
import type { PostState } from '@palier/domain/posts';
import { AppError } from '../errors.ts';
import { postEvent } from '../posts/index.ts';
import type { OutboxEvent } from '../record.ts';
import { closeArrival } from './arrivals.queries.ts';
import { moveTrust } from './change-trust.ts';
import {
  claimPostState,
  claimStanding,
  countToCome,
  type LockedPost,
  listLivingPostIds,
  lockPost,
  lockResident,
  lockTies,
} from './effects.queries.ts';
import { releaseAll } from './release-all.ts';

const dayMs = 86_400_000;

/** What a decision does: what was before, for whoever takes it back, and what the stream is told. */
export type Effects = { before: Before; events: OutboxEvent[] };

const kept = (post: LockedPost): Before['posts'][number] => ({
  id: post.id,
  state: post.state,
  endReason: post.endReason,
});

/** Takes a post out of everyone's sight but its author's; promises stand, so that what was agreed may be finished. */
export const takeDown = async (
  tx: Transaction,
  postId: string,
  why: 'reported' | 'hidden' | 'removed',
  now: Date,
): Promise<Effects> => {
  const post = await lockPost(tx, postId);
  if (!post || post.state === 'removed' || !(await claimPostState(tx, post, 'removed', why, now)))
    return { before: { posts: [] }, events: [] };
  return { before: { posts: [kept(post)] }, events: [postEvent(post, 'closed')] };
};

/** Where a post that was down belongs now: what it was, unless its helpers came and went meanwhile. */
const stateNow = async (tx: Transaction, post: LockedPost, was: PostState): Promise<PostState> => {
  if (was !== 'open' && was !== 'filled') return was;
  if (post.taken < post.helpersNeeded) return 'open';
  return (await countToCome(tx, post.id)) > 0 ? 'filled' : 'done';
};

const told = { held: 'held', open: 'opened', filled: 'filled', done: 'done' } as const;

/** Puts one post back exactly as it was: its state, its places, its audience. */
export const putBack = async (tx: Transaction, was: Before['posts'][number], now: Date): Promise<OutboxEvent[]> => {
  const post = await lockPost(tx, was.id);
  if (!post || (post.state !== 'removed' && post.state !== 'held')) return [];
  const state = await stateNow(tx, post, was.state as PostState);
  if (state === post.state) return [];
  await claimPostState(tx, post, state, was.endReason, now);
  return [postEvent(post, state in told ? told[state as keyof typeof told] : 'closed')];
};

/** Lets a waiting post out. */
const letOut = async (tx: Transaction, postId: string, now: Date): Promise<Effects> => {
  const post = await lockPost(tx, postId);
  if (post?.state !== 'held') return { before: { posts: [] }, events: [] };
  await claimPostState(tx, post, 'open', null, now);
  return { before: { posts: [kept(post)] }, events: [postEvent(post, 'opened')] };
};

/** Sends a post back to its author; one that somebody said yes to cannot be changed any more, and is not sent back. */
const sendBack = async (tx: Transaction, postId: string, now: Date): Promise<Effects> => {
  const post = await lockPost(tx, postId);
  if (!post || post.taken > 0) throw new AppError('decision.unfit');
  if (post.state === 'held') return { before: { posts: [kept(post)] }, events: [] };
  await claimPostState(tx, post, 'held', null, now);
  return { before: { posts: [kept(post)] }, events: [postEvent(post, 'closed')] };
};

type Subject = { kind: CaseKind; postId: string | null; aboutId: string; residenceId: string };

/** Locks whom a case is about, where it arose: from a residence they have left, nothing reaches them where they live now. Code: `decision.unfit`. */
const lockAtHome = async (tx: Transaction, { aboutId, residenceId }: Subject) => {
  const resident = await lockResident(tx, aboutId);
  if (resident && resident.residenceId !== residenceId) throw new AppError('decision.unfit');
  return resident;
};

/** Stops somebody from beginning anything new for some days. */
const pause = async (tx: Transaction, subject: Subject, days: number, now: Date): Promise<Effects> => {
  const resident = await lockAtHome(tx, subject);
  if (!resident) return { before: { posts: [] }, events: [] };
  const pausedUntil = new Date(now.getTime() + days * dayMs);
  await claimStanding(tx, resident.id, { pausedUntil, excludedAt: resident.excludedAt });
  return {
    before: { posts: [], pausedUntil: resident.pausedUntil?.toISOString() ?? null },
    events: resident.accountId ? [{ kind: 'rights', change: 'profile', sideA: resident.accountId }] : [],
  };
};

/** Closes the residence to somebody: their promises are released, their posts go down, their sockets close. */
const exclude = async (tx: Transaction, subject: Subject, now: Date): Promise<Effects> => {
  const { aboutId: residentId } = subject;
  await lockTies(tx, residentId);
  const resident = await lockAtHome(tx, subject); // from here on nobody says yes to them, nor they to anybody
  const { released, events } = await releaseAll(tx, residentId, now);
  const downs: Effects[] = [];
  for (const postId of await listLivingPostIds(tx, residentId)) downs.push(await takeDown(tx, postId, 'removed', now));
  if (resident) await claimStanding(tx, residentId, { pausedUntil: resident.pausedUntil, excludedAt: now });
  return {
    before: {
      posts: downs.flatMap(({ before }) => before.posts),
      excludedAt: resident?.excludedAt?.toISOString() ?? null,
      favours: released,
    },
    events: [
      ...events,
      ...(await closeArrival(tx, residentId, now)),
      ...downs.flatMap((down) => down.events),
      ...(resident?.accountId ? [{ kind: 'rights', change: 'roles', sideA: resident.accountId } as const] : []),
    ],
  };
};

const joined = (...all: readonly Effects[]): Effects => ({
  before: Object.assign({}, ...all.map(({ before }) => before), { posts: all.flatMap(({ before }) => before.posts) }),
  events: all.flatMap(({ events }) => events),
});

/** Welcomes somebody new: the referent knows that they live here. */
const welcome = async (tx: Transaction, subject: Subject, now: Date): Promise<OutboxEvent[]> => {
  const resident = await lockAtHome(tx, subject);
  if (!resident) return [];
  return (await moveTrust(tx, resident, { from: 'new', to: 'known', by: 'referent' }, now)) ?? [];
};

/**
 * Does what a decision says, in its transaction. `hidden`: what reports of several neighbours took down, to be put back or kept down.
 * A warning lets the post be; a pause or an exclusion takes it down too. Code: `decision.unfit` (an edit asked of a post that somebody said yes to; a pause, an exclusion or a welcome of somebody who moved away).
 */
export const applyDecision = async (
  tx: Transaction,
  decision: Pick<DecideCase, 'kind' | 'days'>,
  subject: Subject,
  hidden: Before | null,
  now: Date,
): Promise<Effects> => {
  const { kind } = decision;
  const { kind: caseKind, postId } = subject;
  const isLeft = kind === 'allow' || kind === 'warn';
  const backEvents: OutboxEvent[] = [];
  if (isLeft) for (const was of hidden?.posts ?? []) backEvents.push(...(await putBack(tx, was, now)));
  const carried: Effects = { before: { posts: isLeft ? [] : (hidden?.posts ?? []) }, events: backEvents };
  const onPost = async (): Promise<Effects> => {
    if (postId === null) return { before: { posts: [] }, events: [] };
    if (isLeft) return letOut(tx, postId, now);
    if (kind === 'ask-edit') {
      const sent = await sendBack(tx, postId, now);
      return hidden ? { ...sent, before: { posts: [] } } : sent;
    }
    return takeDown(tx, postId, kind === 'hide' ? 'hidden' : 'removed', now);
  };
  const onPerson = async (): Promise<Effects> => {
    if (kind === 'allow' && caseKind === 'arrival')
      return { before: { posts: [] }, events: await welcome(tx, subject, now) };
    if (kind === 'pause') return pause(tx, subject, decision.days ?? 1, now);
    return kind === 'exclude' ? exclude(tx, subject, now) : { before: { posts: [] }, events: [] };
  };
  return joined(carried, await onPost(), await onPerson());
};
