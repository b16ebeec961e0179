import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Category } from '../posts/categories.ts';
import {
  answersOf,
  appealMs,
  canAppeal,
  canBegin,
  canDecide,
  canJudge,
  caseCanBecome,
  caseClock,
  caseTransitions,
  dueOf,
  isAdverse,
  mayGoUnread,
} from './lifecycle.ts';
import { CaseHold, CaseState, CaseSubject, DecisionKind } from './schemas.ts';

const hourMs = 3_600_000;
const now = new Date('2026-11-22T12:00:00Z');

describe('a case', () => {
  test('goes from open to decided, to appealed, to closed, and never back', () => {
    expect(caseTransitions).toEqual({
      open: ['decided', 'closed'],
      decided: ['appealed', 'closed'],
      appealed: ['closed'],
      closed: [],
    });
    const order = CaseState.options;
    for (const from of order)
      for (const to of order)
        if (caseCanBecome(from, to)) expect(order.indexOf(to)).toBeGreaterThan(order.indexOf(from));
  });

  test('is answered by what suits its state and subject, and by nothing else', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CaseState.options),
        fc.constantFrom(...CaseSubject.options),
        fc.constantFrom(...DecisionKind.options),
        fc.option(fc.constantFrom(...DecisionKind.options)),
        (state, subject, kind, lastKind) => {
          const examined = { state, subject, kind: 'report' as const, lastKind };
          const full = {
            kind,
            ...(kind === 'pause' && { days: 3 }),
            ...(kind === 'exclude' && { dataProtection: 'Une justification assez longue.' }),
          };
          expect(canDecide(examined, full).ok).toBe(answersOf(examined).includes(kind));
          if (state === 'closed') expect(answersOf(examined)).toEqual([]);
        },
      ),
    );
  });

  test('of an open one by what its subject allows; somebody new is welcomed or not of the residence', () => {
    const open = { state: 'open', kind: 'report', lastKind: null } as const;
    expect(answersOf({ ...open, subject: 'post' })).toEqual([
      'allow',
      'remove',
      'ask-edit',
      'hide',
      'warn',
      'pause',
      'exclude',
    ]);
    expect(answersOf({ ...open, subject: 'message' })).toEqual(['allow', 'warn', 'hide', 'pause', 'exclude']);
    expect(answersOf({ ...open, subject: 'resident' })).toEqual(['allow', 'warn', 'pause', 'exclude']);
    expect(answersOf({ ...open, subject: 'resident', kind: 'arrival' })).toEqual(['allow', 'exclude']);
  });

  test('of an appeal by upholding or reversing; of a decision by taking it back, where it took something', () => {
    const decided = { state: 'decided', subject: 'post', kind: 'report', lastKind: 'remove' } as const;
    expect(answersOf(decided)).toEqual(['reverse']);
    expect(answersOf({ ...decided, lastKind: 'allow' })).toEqual([]);
    expect(answersOf({ ...decided, lastKind: null })).toEqual([]);
    expect(answersOf({ ...decided, state: 'appealed' })).toEqual(['reverse', 'uphold']);
  });

  test('what does not suit an open one, or comes before its appeal, is unfit; what comes too late is closed', () => {
    const code = (state: CaseState, kind: DecisionKind) =>
      canDecide({ state, subject: 'post', kind: 'report', lastKind: 'remove' }, { kind });
    expect(code('open', 'uphold')).toEqual({ ok: false, code: 'decision.unfit' });
    expect(code('decided', 'uphold')).toEqual({ ok: false, code: 'decision.unfit' });
    expect(code('decided', 'hide')).toEqual({ ok: false, code: 'case.closed' });
    expect(code('appealed', 'hide')).toEqual({ ok: false, code: 'case.closed' });
    expect(code('closed', 'uphold')).toEqual({ ok: false, code: 'case.closed' });
  });

  test('a pause has its days and an exclusion its justification, no other does', () => {
    const examined = { state: 'open', subject: 'post', kind: 'report', lastKind: null } as const;
    const unfit = { ok: false, code: 'decision.unfit' };
    expect(canDecide(examined, { kind: 'pause' })).toEqual(unfit);
    expect(canDecide(examined, { kind: 'remove', days: 2 })).toEqual(unfit);
    expect(canDecide(examined, { kind: 'exclude' })).toEqual(unfit);
    expect(canDecide(examined, { kind: 'allow', dataProtection: 'Une justification assez longue.' })).toEqual(unfit);
    expect(canDecide({ ...examined, state: 'decided' }, { kind: 'remove' })).toEqual({
      ok: false,
      code: 'case.closed',
    });
  });

  test('is never judged by its own, nor an appeal by whoever decided', () => {
    expect(canJudge({ state: 'open', isOwn: true, decidedBy: null }, 'a')).toEqual({ ok: false, code: 'case.own' });
    const appealed = { state: 'appealed', isOwn: false, decidedBy: 'a' } as const;
    expect(canJudge(appealed, 'a')).toEqual({ ok: false, code: 'case.judged' });
    expect(canJudge(appealed, 'b').ok).toBe(true);
    expect(canJudge({ ...appealed, state: 'decided' }, 'a').ok).toBe(true);
  });
});

describe('the clock of what waits', () => {
  const held = (holds: CaseHold[], category: Category, waitedHours: number, flags: object = {}) =>
    dueOf({ holds, category, isReminded: true, isEscalated: false, ...flags }, waitedHours * hourMs);

  test('lets out at 48 h what only circumstance holds, but nothing of the frail or of children', () => {
    expect(held(['mode'], 'errands', 47.9)).toBe('nothing');
    expect(held(['mode'], 'errands', 48)).toBe('release');
    expect(held(['mode', 'link'], 'repair', 48)).toBe('release');
    for (const category of ['heat-check', 'company', 'childcare', 'paperwork', 'schoolwork'] as const)
      expect(held(['mode'], category, 48)).toBe('escalate');
  });

  test('hands what screening holds to the coordinator at 48 h and closes it at 96', () => {
    expect(held(['insult'], 'errands', 48)).toBe('escalate');
    expect(held([], 'errands', 48)).toBe('escalate'); // nothing says why: not let out
    expect(held(['mode', 'sensitive'], 'errands', 60, { isEscalated: true })).toBe('nothing');
    expect(held(['insult'], 'errands', 96)).toBe('close');
  });

  test('reminds once, from 24 h', () => {
    expect(held(['insult'], 'errands', 23.9, { isReminded: false })).toBe('nothing');
    expect(held(['insult'], 'errands', 24, { isReminded: false })).toBe('remind');
    expect(held(['insult'], 'errands', 30)).toBe('nothing');
  });

  test('never lets out what anything but circumstance holds, whatever the wait', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...CaseHold.options)),
        fc.constantFrom(...Category.options),
        fc.integer({ min: 0, max: 3 * caseClock.closeMs }),
        fc.boolean(),
        (holds, category, waitedMs, flag) => {
          const due = dueOf({ holds, category, isReminded: flag, isEscalated: flag }, waitedMs);
          if (due === 'release') expect(mayGoUnread(holds, category)).toBe(true);
          if (holds.some((hold) => hold !== 'mode' && hold !== 'link')) expect(due).not.toBe('release');
        },
      ),
    );
  });
});

describe('an appeal', () => {
  const decision = { kind: 'remove', createdAt: now, isReversed: false, isAppealed: false } as const;

  test('is taken once, until the last millisecond of 20 days, of what took something', () => {
    const at = (ms: number) => new Date(now.getTime() + ms);
    expect(canAppeal(decision, at(appealMs - 1)).ok).toBe(true);
    expect(canAppeal(decision, at(appealMs))).toEqual({ ok: false, code: 'appeal.late' });
    expect(canAppeal({ ...decision, isAppealed: true }, now)).toEqual({ ok: false, code: 'appeal.exists' });
    expect(canAppeal({ ...decision, isReversed: true }, now).ok).toBe(false);
    for (const kind of DecisionKind.options) expect(canAppeal({ ...decision, kind }, now).ok).toBe(isAdverse(kind));
  });
});

test('whoever is paused begins nothing until the instant it ends', () => {
  expect(canBegin({ pausedUntil: null }, now).ok).toBe(true);
  expect(canBegin({ pausedUntil: new Date(now.getTime() + 1) }, now)).toEqual({ ok: false, code: 'account.paused' });
  expect(canBegin({ pausedUntil: now }, now).ok).toBe(true);
});
