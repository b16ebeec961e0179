import { describe, expect, test } from 'vitest';
import { type Detectors, recentMs, screenPost, stateAfter } from './screening.ts';

const quiet: Detectors = { emergency: () => null, payment: () => ({ refused: false }), contacts: () => [] };
const alarm = { kinds: ['fall'], numbers: ['15', '112'] };
const fails = () => {
  throw new Error('a detector fails');
};
const words = { title: 'Titre', details: 'Détails' };
const now = new Date('2026-11-22T12:00:00Z');

describe('screening', () => {
  test('lets plain words pass', () =>
    expect(screenPost(words, false, quiet)).toEqual({ outcome: 'passed', holds: [] }));

  test('reads title and details', () => {
    const read: string[] = [];
    screenPost(words, false, {
      ...quiet,
      contacts: (text) => {
        read.push(text);
        return [];
      },
    });
    expect(read).toEqual(['Titre\nDétails']);
  });

  test('puts an emergency before payment, payment before contacts', () => {
    const all: Detectors = {
      emergency: () => alarm,
      payment: () => ({ refused: true }),
      contacts: () => [{ kind: 'phone' }],
    };
    expect(screenPost(words, false, all)).toEqual({ outcome: 'refused', code: 'post.emergency', ...alarm });
    expect(screenPost(words, true, all)).toMatchObject({ code: 'post.payment' });
    expect(screenPost(words, true, { ...all, payment: quiet.payment })).toMatchObject({ code: 'post.contact' });
  });

  test.each(['phone', 'email', 'address'] as const)('refuses a %s', (kind) => {
    expect(screenPost(words, false, { ...quiet, contacts: () => [{ kind: 'link' }, { kind }] })).toMatchObject({
      outcome: 'refused',
      code: 'post.contact',
    });
  });

  test('fails closed: whichever detector throws, the post is held', () => {
    for (const name of ['emergency', 'payment', 'contacts'] as const) {
      const screening = screenPost(words, false, { ...quiet, [name]: fails });
      expect(screening).toEqual({ outcome: 'passed', holds: ['unscreened'] });
      expect(stateAfter(['unscreened'], { joinedAt: new Date(0) }, now)).toBe('held');
    }
  });

  test('holds a link for the first seven days of its author, to the millisecond', () => {
    expect(screenPost(words, false, { ...quiet, contacts: () => [{ kind: 'link' }] })).toEqual({
      outcome: 'passed',
      holds: ['link'],
    });
    const holds = ['link'] as const;
    const after = (ageMs: number) => stateAfter(holds, { joinedAt: new Date(now.getTime() - ageMs) }, now);
    expect([after(0), after(recentMs - 1), after(recentMs)]).toEqual(['held', 'held', 'open']);
    expect(stateAfter(holds, { joinedAt: null }, now)).toBe('held');
    expect(stateAfter([], { joinedAt: null }, now)).toBe('open');
  });
});
