import { schema, type Transaction } from '@palier/db';
import { appealMs, type Before, type CaseHold, caseClock, dueOf } from '@palier/domain/moderation';
import type { Category, PostState } from '@palier/domain/posts';
import { and, asc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { newId } from '../ids.ts';
import { mutate } from '../mutate.ts';
import { postEvent } from '../posts/index.ts';
import { type OutboxEvent, record } from '../record.ts';
import { claimCase } from './cases.queries.ts';
import { insertDecision } from './decisions.queries.ts';
import { claimPostState, lockPost } from './effects.queries.ts';
import { applyDecision } from './effects.ts';

const { cases, posts, residents } = schema;
const batch = 200;

type Waiting = {
  id: string;
  kind: string;
  postId: string | null;
  aboutId: string;
  residenceId: string;
  commune: string;
  holds: CaseHold[];
  remindedAt: Date | null;
  escalatedAt: Date | null;
  createdAt: Date;
  category: Category | null;
  postState: PostState | null;
  isNewcomer: boolean;
};

const listWaiting = (ctx: Context<unknown>, after: string | null): Promise<Waiting[]> =>
  ctx.db
    .select({
      id: cases.id,
      kind: cases.kind,
      postId: cases.postId,
      aboutId: cases.aboutId,
      residenceId: cases.residenceId,
      commune: cases.commune,
      holds: cases.holds,
      remindedAt: cases.remindedAt,
      escalatedAt: cases.escalatedAt,
      createdAt: cases.createdAt,
      category: posts.category,
      postState: posts.state,
      isNewcomer: sql<boolean>`${residents.trust} = 'new' and ${residents.residenceId} = ${cases.residenceId} and ${residents.leftAt} is null and ${residents.excludedAt} is null`,
    })
    .from(cases)
    .innerJoin(residents, eq(residents.id, cases.aboutId))
    .leftJoin(posts, eq(posts.id, cases.postId))
    .where(and(eq(cases.state, 'open'), after === null ? undefined : gt(cases.id, after)))
    .orderBy(asc(cases.id))
    .limit(batch);

/** What the clock wants of an open case. Only a held post is let go or closed; every other case is handed on when nobody came. */
const wantedOf = (waiting: Waiting, now: Date): ReturnType<typeof dueOf> | 'lapse' => {
  const waited = now.getTime() - waiting.createdAt.getTime();
  const flags = { isReminded: waiting.remindedAt !== null, isEscalated: waiting.escalatedAt !== null };
  if (waiting.kind === 'held') {
    if (waiting.postState !== 'held' || waiting.category === null) return 'lapse';
    return dueOf({ holds: waiting.holds, category: waiting.category, ...flags }, waited);
  }
  if (waiting.kind === 'arrival' && !waiting.isNewcomer) return 'lapse';
  if (waited >= caseClock.releaseMs) return flags.isEscalated ? 'nothing' : 'escalate';
  return waited >= caseClock.remindMs && !flags.isReminded ? 'remind' : 'nothing';
};

const claimFlag = async (
  tx: Transaction,
  id: string,
  flag: 'remindedAt' | 'escalatedAt',
  now: Date,
): Promise<boolean> => {
  const rows = await tx
    .update(cases)
    .set({ [flag]: now })
    .where(and(eq(cases.id, id), eq(cases.state, 'open'), isNull(cases[flag])))
    .returning({ id: cases.id });
  return rows.length === 1;
};

/** Closes a held post that nobody examined, with its reason. */
const closeUnexamined = async (
  tx: Transaction,
  postId: string,
  now: Date,
): Promise<{ before: Before; events: OutboxEvent[] }> => {
  const post = await lockPost(tx, postId);
  if (post?.state !== 'held') return { before: { posts: [] }, events: [] };
  await claimPostState(tx, post, 'expired', 'not-examined', now);
  return {
    before: { posts: [{ id: postId, state: post.state, endReason: post.endReason }] },
    events: [postEvent(post, 'closed')],
  };
};

const settle = async (
  tx: Transaction,
  waiting: Waiting,
  wanted: 'release' | 'close',
  now: Date,
): Promise<OutboxEvent[] | null> => {
  const { id, postId, aboutId, residenceId } = waiting;
  if (postId === null || !(await claimCase(tx, id, 'open', 'decided', now))) return null;
  const effects =
    wanted === 'release'
      ? await applyDecision(tx, { kind: 'allow' }, { kind: 'held', postId, aboutId, residenceId }, null, now)
      : await closeUnexamined(tx, postId, now);
  await insertDecision(tx, {
    ...{ id: newId(), caseId: id, kind: wanted === 'release' ? 'allow' : 'hide', reason: 'not-examined', text: '' },
    ...{ decidedBy: null, decidedAs: 'system', before: effects.before, createdAt: now },
  });
  return effects.events;
};

const words = {
  remind: 'reminded',
  escalate: 'escalated',
  release: 'decided',
  close: 'decided',
  lapse: 'lapsed',
} as const;

const tickOne = (ctx: Context<unknown>, waiting: Waiting): Promise<boolean> => {
  const wanted = wantedOf(waiting, ctx.now);
  if (wanted === 'nothing') return Promise.resolve(false);
  return mutate(ctx, async (tx) => {
    const { id, residenceId, commune } = waiting;
    let events: OutboxEvent[] | null = [];
    if (wanted === 'release' || wanted === 'close') events = await settle(tx, waiting, wanted, ctx.now);
    else if (wanted === 'lapse') events = (await claimCase(tx, id, 'open', 'closed', ctx.now)) ? [] : null;
    else events = (await claimFlag(tx, id, wanted === 'remind' ? 'remindedAt' : 'escalatedAt', ctx.now)) ? [] : null;
    if (events === null) return false;
    const subjectId = waiting.postId ?? id;
    const entry = { at: ctx.now, actorId: null, actorRole: 'system', action: `case.${wanted}` } as const;
    const reason = wanted === 'release' || wanted === 'close' ? { reason: 'not-examined' } : {};
    await record(tx, { ...entry, subject: 'case', subjectId, residenceId, commune, ...reason }, [
      { kind: 'case', change: words[wanted], caseId: id, residenceId, commune },
      ...events,
    ]);
    return true;
  });
};

/** Ends cases that were decided over 20 days ago and that nobody appealed. */
const closeDecided = async (ctx: Context<unknown>): Promise<void> => {
  await ctx.db
    .update(cases)
    .set({ state: 'closed' })
    .where(and(inArray(cases.state, ['decided']), lt(cases.updatedAt, new Date(ctx.now.getTime() - appealMs))));
};

/**
 * Does what the clock wants of every open case, and answers how many changed: reminds at 24 h, at 48 h lets out posts that only circumstance holds and hands the
 * rest to the coordinator, at 96 h closes a held post as `not-examined`. Run twice, or by two at once, it does each thing once.
 */
export const tickCases = async (ctx: Context<unknown>): Promise<number> => {
  let changed = 0;
  let after: string | null = null;
  for (let page = 0; page < 500; page++) {
    const waiting: Waiting[] = await listWaiting(ctx, after);
    for (const one of waiting) if (await tickOne(ctx, one)) changed++;
    after = waiting.at(-1)?.id ?? null;
    if (waiting.length < batch) break;
  }
  await closeDecided(ctx);
  return changed;
};
