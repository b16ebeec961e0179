import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FavourState } from '../favours/schemas.ts';
import {
  canWrite,
  closesAt,
  hasOpenedTalk,
  isDoorShown,
  isGroupTalk,
  isOfGroup,
  messagePace,
  paceWaitMs,
  type TalkedFavour,
} from './lifecycle.ts';

const now = new Date('2026-11-22T12:00:00Z');
const later = (ms: number) => new Date(now.getTime() + ms);
const dayMs = 86_400_000;
const ended = (state: FavourState, at = now): TalkedFavour => ({ state, endedAt: at });
const accepted: TalkedFavour = { state: 'accepted', endedAt: null };

describe('a conversation', () => {
  test('is of all who help where a request needs several, else of two', () => {
    expect(isGroupTalk({ kind: 'request', helpersNeeded: 2 })).toBe(true);
    expect(isGroupTalk({ kind: 'request', helpersNeeded: 1 })).toBe(false);
    expect(isGroupTalk({ kind: 'offer', helpersNeeded: 5 })).toBe(false);
  });

  test('opens with a yes and stays open to whoever had one; a standby that came to nothing never opens it', () => {
    expect(hasOpenedTalk(accepted)).toBe(true);
    expect(hasOpenedTalk(ended('withdrawn'))).toBe(true);
    expect(hasOpenedTalk({ state: 'standby', endedAt: null })).toBe(false);
    expect(hasOpenedTalk({ state: 'released', endedAt: null })).toBe(false);
    expect(FavourState.options.filter((state) => isOfGroup({ state, endedAt: now }))).toEqual(['accepted', 'done']);
  });

  test('closes 14 days after the last favour ended, never while one goes on', () => {
    expect(closesAt([ended('done'), ended('withdrawn', later(-dayMs))])).toEqual(later(14 * dayMs));
    expect(closesAt([ended('withdrawn', later(-dayMs)), { state: 'standby', endedAt: null }])).toEqual(
      later(13 * dayMs),
    );
    expect(closesAt([ended('done'), accepted])).toBeNull();
    expect(closesAt([])).toEqual(new Date(14 * dayMs)); // nobody ever talked: closed long ago
  });

  test('is written in by its sides until the instant it closes', () => {
    const closed = { ok: false, code: 'conversation.closed' };
    expect(canWrite({ isStillSide: true, closesAt: null }, now)).toEqual({ ok: true });
    expect(canWrite({ isStillSide: true, closesAt: later(1) }, now)).toEqual({ ok: true });
    expect(canWrite({ isStillSide: true, closesAt: now }, now)).toEqual(closed);
    expect(canWrite({ isStillSide: false, closesAt: null }, now)).toEqual(closed);
  });
});

test('a door is shown while the favour is accepted and for 24 hours after it was done, not when it came to nothing', () => {
  expect(isDoorShown(accepted, now)).toBe(true);
  expect(isDoorShown(ended('done', later(-dayMs + 1)), now)).toBe(true);
  expect(isDoorShown(ended('done', later(-dayMs)), now)).toBe(false);
  expect(isDoorShown({ state: 'done', endedAt: null }, now)).toBe(false);
  for (const state of FavourState.options.filter((one) => one !== 'accepted' && one !== 'done'))
    expect([state, isDoorShown(ended(state), now)]).toEqual([state, false]);
});

describe('the pace of writing', () => {
  const sentAgo = (...seconds: number[]) => seconds.map((ago) => later(-ago * 1000));

  test('is ten at once, then one every five seconds', () => {
    expect(paceWaitMs([], now)).toBe(0);
    expect(paceWaitMs(sentAgo(0, 0, 0, 0, 0, 0, 0, 0, 0), now)).toBe(0);
    expect(paceWaitMs(sentAgo(0, 0, 0, 0, 0, 0, 0, 0, 0, 0), now)).toBe(5_000);
    expect(paceWaitMs(sentAgo(0, 0, 0, 0, 0, 0, 0, 0, 0, -40), now)).toBe(5_000);
    expect(paceWaitMs(sentAgo(3, 3, 3, 3, 3, 3, 3, 3, 3, 3), now)).toBe(2_000);
    expect(paceWaitMs(sentAgo(60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 0), now)).toBe(0);
  });

  test('lets whoever waits as told write at once, and never a millisecond before', () => {
    const gaps = fc.array(fc.nat(20_000), { maxLength: 40 });
    fc.assert(
      fc.property(gaps, (waits) => {
        const sent: Date[] = [];
        let at = now.getTime();
        for (const wait of waits) {
          at += Math.max(wait, paceWaitMs(sent, new Date(at)));
          sent.push(new Date(at));
        }
        const within = sent.filter((one) => at - one.getTime() < messagePace.everyMs);
        expect(within.length).toBeLessThanOrEqual(messagePace.burst + 1);
        const wait = paceWaitMs(sent, new Date(at));
        expect(paceWaitMs(sent, new Date(at + wait))).toBe(0);
        if (wait > 0) expect(paceWaitMs(sent, new Date(at + wait - 1))).toBe(1);
      }),
    );
  });
});
