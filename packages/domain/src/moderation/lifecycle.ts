import { allowed, refused, type Verdict } from '../errors.ts';
import type { Category } from '../posts/categories.ts';
import type { CaseHold, CaseKind, CaseState, CaseSubject, DecideCase, DecisionKind } from './schemas.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * A case's life (product.md): what each state may become. An open one closes by itself when what it is about ended first (withdrawn, expired), a decided one
 * when nobody appealed in 20 days or its decision was taken back.
 */
export const caseTransitions: Readonly<Record<CaseState, readonly CaseState[]>> = {
  open: ['decided', 'closed'],
  decided: ['appealed', 'closed'],
  appealed: ['closed'],
  closed: [],
};

/** Whether a case may go from one state to another. */
export const caseCanBecome = (from: CaseState, to: CaseState): boolean => caseTransitions[from].includes(to);

/** How long an author may appeal, in ms: 20 days (reliability.md A14). */
export const appealMs = 20 * dayMs;

/** The clock of a held post (issue 5, Moderate), in ms since it waits: a referent is reminded, then it is let go or given to the coordinator, at last closed unexamined. */
export const caseClock = { remindMs: 24 * hourMs, releaseMs: 48 * hourMs, closeMs: 96 * hourMs } as const;

/** How long a case stays shown as being looked at by somebody, in ms. */
export const lookMs = 10 * 60_000;

/** Holds that say nothing of the words: the residence reads everything first, or the account is recent. */
const ofCircumstance: ReadonlySet<CaseHold> = new Set(['mode', 'link']);

/** Where a post tells of somebody frail, alone or under age, and so never goes out unread. */
const ofTheFrail: ReadonlySet<Category> = new Set(['heat-check', 'company', 'childcare', 'paperwork', 'schoolwork']);

/** Whether a held post may go out when nobody came: nothing but circumstance holds it, and it speaks of nobody frail or under age. */
export const mayGoUnread = (holds: readonly CaseHold[], category: Category): boolean =>
  holds.length > 0 && holds.every((hold) => ofCircumstance.has(hold)) && !ofTheFrail.has(category);

/** What the clock wants of a held post: nothing yet, a reminder, to let it go, to hand it to the coordinator, or to close it unexamined. `waitedMs`: since its case was opened. */
export const dueOf = (
  held: { holds: readonly CaseHold[]; category: Category; isReminded: boolean; isEscalated: boolean },
  waitedMs: number,
): 'nothing' | 'remind' | 'release' | 'escalate' | 'close' => {
  const isFree = mayGoUnread(held.holds, held.category);
  if (waitedMs >= caseClock.releaseMs && isFree) return 'release';
  if (waitedMs >= caseClock.closeMs) return 'close';
  if (waitedMs >= caseClock.releaseMs && !held.isEscalated) return 'escalate';
  return waitedMs >= caseClock.remindMs && !held.isReminded ? 'remind' : 'nothing';
};

/** Decisions that take something from their author, who may then appeal. */
const adverse: ReadonlySet<DecisionKind> = new Set(['ask-edit', 'hide', 'remove', 'warn', 'pause', 'exclude']);

/** Whether a decision takes something from whoever it is about. */
export const isAdverse = (kind: DecisionKind): boolean => adverse.has(kind);

/** What each subject's case may be answered with while it is open; the first two are the main buttons. */
const answers: Readonly<Record<CaseSubject, readonly DecisionKind[]>> = {
  post: ['allow', 'remove', 'ask-edit', 'hide', 'warn', 'pause', 'exclude'],
  message: ['allow', 'warn', 'hide', 'pause', 'exclude'],
  resident: ['allow', 'warn', 'pause', 'exclude'],
};

/** Somebody new is welcomed, or is not of the residence: two answers, and no rule of words between them. */
const arrivalAnswers: readonly DecisionKind[] = ['allow', 'exclude'];

type Examined = { state: CaseState; subject: CaseSubject; kind: CaseKind; lastKind: DecisionKind | null };

/** What a case may be answered with now. An appeal is upheld or the decision reversed; a decision may be taken back. */
export const answersOf = (examined: Examined): readonly DecisionKind[] => {
  if (examined.state === 'open') return examined.kind === 'arrival' ? arrivalAnswers : answers[examined.subject];
  if (examined.state === 'appealed') return ['reverse', 'uphold'];
  return examined.state === 'decided' && examined.lastKind !== null && isAdverse(examined.lastKind) ? ['reverse'] : [];
};

/**
 * Whether this person may judge a case: never their own nor their family's, and an appeal never by whoever decided. Codes: `case.own`, `case.judged`.
 */
export const canJudge = (
  examined: { state: CaseState; isOwn: boolean; decidedBy: string | null },
  accountId: string,
): Verdict => {
  if (examined.isOwn) return refused('case.own');
  return examined.state === 'appealed' && examined.decidedBy === accountId ? refused('case.judged') : allowed;
};

/**
 * Whether a case may be answered so. Codes: `case.closed` (the state says no), `decision.unfit` (not for this subject; a pause without its days, or days
 * without a pause; an exclusion without its justification).
 */
export const canDecide = (
  examined: Examined,
  decision: Pick<DecideCase, 'kind' | 'days' | 'dataProtection'>,
): Verdict => {
  if (!answersOf(examined).includes(decision.kind)) {
    const isTooEarly = examined.state === 'open' || (examined.state === 'decided' && decision.kind === 'uphold');
    return refused(isTooEarly ? 'decision.unfit' : 'case.closed');
  }
  const isFit =
    (decision.kind === 'pause') === (decision.days !== undefined) &&
    (decision.kind === 'exclude') === (decision.dataProtection !== undefined);
  return isFit ? allowed : refused('decision.unfit');
};

/** Until when a decision may be appealed; null when it takes nothing from anybody. */
export const appealUntil = (decision: { kind: DecisionKind; createdAt: Date }): Date | null =>
  isAdverse(decision.kind) ? new Date(decision.createdAt.getTime() + appealMs) : null;

/** Whether the author may appeal now: once, within 20 days, while the decision stands. Codes: `appeal.exists`, `appeal.late`. */
export const canAppeal = (
  decision: { kind: DecisionKind; createdAt: Date; isReversed: boolean; isAppealed: boolean },
  now: Date,
): Verdict => {
  if (decision.isAppealed) return refused('appeal.exists');
  const until = appealUntil(decision);
  return until === null || decision.isReversed || until.getTime() <= now.getTime() ? refused('appeal.late') : allowed;
};

/** Whether somebody paused until then may begin something new: post, accept. Code: `account.paused`. */
export const canBegin = (resident: { pausedUntil: Date | null }, now: Date): Verdict =>
  resident.pausedUntil !== null && resident.pausedUntil.getTime() > now.getTime() ? refused('account.paused') : allowed;
