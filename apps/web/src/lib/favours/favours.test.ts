import {
  DeclineReason,
  FavourState,
  type FavourView,
  NoShowReason,
  Side,
  WithdrawReason,
} from '@palier/domain/favours';
import { describe, expect, test } from 'vitest';
import { gesturesOf } from './gestures.ts';
import { declineReasons, noShowReasons, reasonOptions, reasonWords, withdrawReasons } from './reasons.ts';
import { favourSentence } from './sentence.ts';
import { chooseView, viewOf } from './views.ts';

const favour = (change: Partial<FavourView>): FavourView => ({
  id: '1',
  postId: '2',
  state: 'accepted',
  side: 'helper',
  iAmAuthor: false,
  note: '',
  reason: null,
  excuse: null,
  minutes: null,
  thanks: null,
  viaReferent: false,
  other: { id: '3', displayName: 'Simone', residence: null },
  post: { kind: 'request', category: 'errands', title: 'Du pain', state: 'filled', window: null },
  createdAt: '2026-11-20T10:00:00.000Z',
  updatedAt: '2026-11-20T10:00:00.000Z',
  ...change,
});

describe('reasons', () => {
  test.each([
    ['withdraw', withdrawReasons, WithdrawReason.options],
    ['decline', declineReasons, DeclineReason.options],
    ['no-show', noShowReasons, NoShowReason.options],
  ])("to %s are the domain's, each with words of its own", (_act, words, options) => {
    expect(Object.keys(words).sort()).toEqual([...options].sort());
    const labels = reasonOptions(words).map(({ label }) => label);
    expect(new Set(labels).size).toBe(options.length);
    for (const label of labels) expect(label[0]).toBe(label[0]?.toUpperCase());
    for (const reason of options) expect(reasonWords(reason)).toBeTruthy();
  });

  test('that nobody wrote words for are not shown as codes', () => {
    expect(reasonWords('post-removed')).toBeNull();
    expect(reasonWords(null)).toBeNull();
  });
});

describe('gesturesOf', () => {
  test('lets whoever said yes finish, step down or tell that nobody was there', () => {
    expect(gesturesOf(favour({}))).toEqual(['done', 'withdraw', 'no-show']);
  });

  test('lets the author decline, and never step down', () => {
    expect(gesturesOf(favour({ side: 'beneficiary', iAmAuthor: true }))).toEqual(['done', 'decline', 'no-show']);
    expect(gesturesOf(favour({ side: 'helper', iAmAuthor: true }))).toEqual(['done', 'decline', 'no-show']);
  });

  test('lets a back-up leave, and its author wait', () => {
    expect(gesturesOf(favour({ state: 'standby' }))).toEqual(['withdraw']);
    expect(gesturesOf(favour({ state: 'standby', iAmAuthor: true, side: 'beneficiary' }))).toEqual([]);
  });

  test('lets whoever waited in vain forgive it, once', () => {
    const missed = { state: 'no-show', reason: 'nobody-came', side: 'beneficiary' } as const;
    expect(gesturesOf(favour(missed))).toEqual(['excuse']);
    expect(gesturesOf(favour({ ...missed, reason: 'nobody-home' }))).toEqual([]);
    expect(gesturesOf(favour({ ...missed, excuse: 'no-matter' }))).toEqual([]);
  });

  test('lets the beneficiary thank once', () => {
    const done = { state: 'done', side: 'beneficiary' } as const;
    expect(gesturesOf(favour(done))).toEqual(['thank']);
    expect(gesturesOf(favour({ ...done, thanks: { text: 'Merci', at: '2026-11-20T10:00:00.000Z' } }))).toEqual([]);
    expect(gesturesOf(favour({ ...done, side: 'helper' }))).toEqual([]);
  });
});

describe('favourSentence', () => {
  test('tells every state, side and author apart, by name where someone else acted', () => {
    const said = new Map<string, string[]>();
    for (const state of FavourState.options)
      for (const side of Side.options)
        for (const iAmAuthor of [true, false]) {
          const sentence = favourSentence(favour({ state, side, iAmAuthor }));
          expect(sentence.length).toBeGreaterThan(10);
          said.set(sentence, [...(said.get(sentence) ?? []), state]);
        }
    for (const [sentence, states] of said) expect(new Set(states).size, sentence).toBe(1);
    expect(said.size).toBe(4 + 2 + 2 + 2 + 2 + 1 + 2);
  });

  test('tells a back-up who was not needed from a post that ended', () => {
    const released = favour({ state: 'released' });
    const notNeeded = { ...released, post: { ...released.post, state: 'done' } };
    expect(favourSentence(notNeeded)).not.toBe(favourSentence(released));
    expect(favourSentence({ ...notNeeded, iAmAuthor: true })).toContain('Simone');
  });
});

describe('the three lists', () => {
  test('keep a back-up waiting, whichever side it is on', () => {
    expect(viewOf({ state: 'standby', side: 'helper' })).toBe('en-attente');
    expect(viewOf({ state: 'accepted', side: 'helper' })).toBe('donnes');
    expect(viewOf({ state: 'no-show', side: 'beneficiary' })).toBe('recus');
  });

  test('open where something is to come', () => {
    const given = { state: 'accepted', side: 'helper' } as const;
    const received = { state: 'accepted', side: 'beneficiary' } as const;
    expect(chooseView(null, [given, received])).toBe('recus');
    expect(chooseView(null, [given])).toBe('donnes');
    expect(chooseView(null, [{ state: 'standby', side: 'helper' }])).toBe('en-attente');
    expect(chooseView(null, [])).toBe('en-attente');
    expect(chooseView('donnes', [received])).toBe('donnes');
    expect(chooseView('ailleurs', [given])).toBe('donnes');
  });
});
