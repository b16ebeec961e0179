import { describe, expect, test } from 'vitest';
import { Category, isSensitive } from './categories.ts';
import {
  canBecome,
  canConfirmNeed,
  canEdit,
  canPost,
  canSetPlaces,
  canWithdraw,
  defaultAudience,
  endingOf,
  expiresAt,
  expiryReason,
  postTransitions,
} from './lifecycle.ts';
import { type CreatePost, ExpiryReason, PostState } from './schemas.ts';

const now = new Date('2026-11-22T12:00:00Z');
const dayMs = 86_400_000;
const at = (days: number) => new Date(now.getTime() + days * dayMs).toISOString();
const draft = { kind: 'request', category: 'errands' } as const;
const known = { trust: 'known' } as const;

describe('a post’s life', () => {
  test('goes as product.md says, and nowhere else', () => {
    const ways = PostState.options.flatMap((from) =>
      PostState.options.filter((to) => canBecome(from, to)).map((to) => `${from} → ${to}`),
    );
    expect(ways.filter((way) => !way.includes('removed'))).toEqual([
      'held → open',
      'held → withdrawn',
      'held → expired',
      'open → filled',
      'open → withdrawn',
      'open → expired',
      'filled → open',
      'filled → done',
      'filled → withdrawn',
      'filled → expired',
    ]);
    for (const state of PostState.options.filter((one) => one !== 'removed'))
      expect([canBecome(state, 'removed'), canBecome('removed', state)]).toEqual([true, true]);
    expect(Object.keys(postTransitions).sort()).toEqual([...PostState.options].sort());
  });

  test('is edited while held or open with nobody in, withdrawn while it lives', () => {
    const edits = PostState.options.map((state) => canEdit({ state, taken: 0 }));
    expect(PostState.options.filter((_, n) => edits[n]?.ok)).toEqual(['held', 'open']);
    expect(canEdit({ state: 'open', taken: 1 })).toEqual({ ok: false, code: 'post.taken' });
    expect(canEdit({ state: 'filled', taken: 1 })).toEqual({ ok: false, code: 'post.closed' });
    expect(PostState.options.filter((state) => canWithdraw({ state }).ok)).toEqual(['held', 'open', 'filled']);
    expect(canWithdraw({ state: 'done' })).toEqual({ ok: false, code: 'post.closed' });
  });

  test('is for as many people as its author says until its end, never fewer than said yes', () => {
    const places = (state: PostState, helpersNeeded: number, expires = at(1)) =>
      canSetPlaces({ state, taken: 2, expiresAt: new Date(expires) }, helpersNeeded, now);
    expect(PostState.options.filter((state) => places(state, 3).ok)).toEqual(['open', 'filled']);
    expect(places('withdrawn', 3)).toEqual({ ok: false, code: 'post.closed' });
    expect([places('open', 2), places('open', 1)]).toEqual([{ ok: true }, { ok: false, code: 'post.taken' }]);
    expect(places('open', 3, at(0))).toEqual({ ok: false, code: 'post.closed' });
  });

  test('is said to be needed still while it is open, until its end', () => {
    const confirm = (state: PostState, expires = at(1)) => canConfirmNeed({ state, expiresAt: new Date(expires) }, now);
    expect(PostState.options.filter((state) => confirm(state).ok)).toEqual(['open']);
    expect(confirm('filled')).toEqual({ ok: false, code: 'post.closed' });
    expect(confirm('open', at(0))).toEqual({ ok: false, code: 'post.closed' });
  });

  test('ends with its window, else after its kind’s life, for the reason that fits', () => {
    expect(expiresAt({ kind: 'request', window: { to: at(3) } }, now).toISOString()).toBe(at(3));
    expect(expiresAt({ kind: 'request' }, now).toISOString()).toBe(at(14));
    expect(expiresAt({ kind: 'offer', window: null }, now).toISOString()).toBe(at(60));
    expect(expiryReason({ state: 'held', hasWindow: true })).toBe('not-examined');
    expect(expiryReason({ state: 'open', hasWindow: true })).toBe('date-passed');
    expect(expiryReason({ state: 'open', hasWindow: false })).toBe('no-answer');
    expect(expiryReason({ state: 'filled', hasWindow: false })).toBe('date-passed'); // somebody did answer
  });
});

describe('how a post came to its end, as its author is told', () => {
  const ended = { state: 'expired', endReason: 'no-answer', expiresAt: new Date(at(-1)), wasAnswered: false } as const;

  test('is for the reason kept of it, or that nobody said that it was done', () => {
    for (const endReason of ExpiryReason.options) expect(endingOf({ ...ended, endReason }, now)).toBe(endReason);
    expect(endingOf({ ...ended, endReason: 'date-passed', wasAnswered: true }, now)).toBe('unsaid');
  });

  test('is the end of the call while those who said yes are still expected, and nothing before its date or after a gesture', () => {
    const filled = { ...ended, state: 'filled', endReason: null, wasAnswered: true } as const;
    expect([endingOf(filled, now), endingOf({ ...filled, expiresAt: new Date(at(1)) }, now)]).toEqual(['call', null]);
    const silent = PostState.options.filter((state) => endingOf({ ...ended, state }, now) === null);
    expect(silent).toEqual(['held', 'open', 'done', 'withdrawn', 'removed']);
  });
});

describe('who may write what', () => {
  test('a new resident asks for anything and offers what needs no trust', () => {
    for (const category of Category.options) {
      expect(canPost({ kind: 'request', category }, { trust: 'new' }, now)).toEqual({ ok: true });
      expect(canPost({ kind: 'offer', category }, { trust: 'new' }, now).ok).toBe(!isSensitive(category));
      expect(canPost({ kind: 'offer', category }, { trust: 'trusted' }, now).ok).toBe(true);
      expect(defaultAudience(category)).toBe(
        category === 'heat-check' || category === 'childcare' ? 'residence' : 'neighbourhood',
      );
    }
  });

  test('whoever asks for somebody says that they live here, and agreed within a year', () => {
    const asks = (onBehalfOf: NonNullable<CreatePost['onBehalfOf']>) => canPost({ ...draft, onBehalfOf }, known, now);
    const refused = (code: string) => ({ ok: false, code });
    const soul = { livesHere: true } as NonNullable<CreatePost['onBehalfOf']>;
    expect(asks(soul)).toEqual({ ok: true });
    expect(asks({ ...soul, livesHere: false })).toEqual(refused('post.elsewhere'));
    expect([asks({ ...soul, agreedAt: at(0) }), asks({ ...soul, agreedAt: at(-366) })]).toEqual([
      { ok: true },
      { ok: true },
    ]);
    expect(asks({ ...soul, agreedAt: at(0.001) })).toEqual(refused('post.consent'));
    expect(asks({ ...soul, agreedAt: at(-366.001) })).toEqual(refused('post.consent'));
  });

  test('a new resident who offers where trust is needed is told so', () => {
    expect(canPost({ kind: 'offer', category: 'childcare' }, { trust: 'new' }, now)).toEqual({
      ok: false,
      code: 'trust.required',
    });
  });

  test.each([
    [{ window: { from: at(1), to: at(366) } }, null],
    [{ window: { from: at(1), to: at(2) }, repeats: { every: 'month', until: at(366) } }, null],
    [{ window: { from: at(-1), to: at(1) } }, null],
    [{ window: { from: at(-2), to: at(0) } }, 'post.window'],
    [{ window: { from: at(1), to: at(367) } }, 'post.window'],
    [{ window: { from: at(1), to: at(2) }, repeats: { every: 'week', until: at(30) } }, null],
    [{ repeats: { every: 'week', until: at(30) } }, 'post.repeats'],
    [{ window: { from: at(1), to: at(2) }, repeats: { every: 'week', until: at(1) } }, 'post.repeats'],
    [{ window: { from: at(1), to: at(2) }, repeats: { every: 'month', until: at(367) } }, 'post.repeats'],
  ] as const)('dates %j are answered %s', (dates, code) => {
    expect(canPost({ ...draft, ...dates }, known, now)).toEqual(code === null ? { ok: true } : { ok: false, code });
  });
});
