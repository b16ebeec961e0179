import { describe, expect, test } from 'vitest';
import { beginningOf, type Detectors, likeness, recentMs, repeatsIn, screenPost } from './screening.ts';

const quiet: Detectors = {
  emergency: () => null,
  payment: () => ({ refused: false }),
  contacts: () => [],
  harm: () => [],
};
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
      harm: () => [{ kind: 'insult' }],
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
    for (const name of ['emergency', 'payment', 'contacts', 'harm'] as const) {
      const screening = screenPost(words, false, { ...quiet, [name]: fails });
      expect(screening).toEqual({ outcome: 'passed', holds: ['unscreened'] });
      for (const mode of ['moderated', 'screened', 'open'] as const)
        expect(beginningOf(['unscreened'], { joinedAt: new Date(0) }, mode, now).state).toBe('held');
    }
  });

  test('holds a link for the first seven days of its author, to the millisecond', () => {
    expect(screenPost(words, false, { ...quiet, contacts: () => [{ kind: 'link' }] })).toEqual({
      outcome: 'passed',
      holds: ['link'],
    });
    const after = (ageMs: number | null) =>
      beginningOf(['link'], { joinedAt: ageMs === null ? null : new Date(now.getTime() - ageMs) }, 'screened', now);
    expect([after(0), after(recentMs - 1), after(recentMs), after(null)].map(({ state }) => state)).toEqual([
      'held',
      'held',
      'open',
      'held',
    ]);
  });

  test('holds an insult or what tells of somebody, and says which', () => {
    const harm = () => [{ kind: 'insult' }, { kind: 'sensitive' }, { kind: 'insult' }] as const;
    expect(screenPost(words, false, { ...quiet, harm })).toEqual({ outcome: 'passed', holds: ['insult', 'sensitive'] });
  });

  test('a residence that reads everything first holds the plainest post; one that is open shows what was found, pointed at', () => {
    const begin = (found: readonly ('insult' | 'link')[], mode: 'moderated' | 'screened' | 'open') =>
      beginningOf(found, { joinedAt: now }, mode, now);
    expect(begin([], 'moderated')).toEqual({ state: 'held', holds: ['mode'] });
    expect(begin([], 'screened')).toEqual({ state: 'open', holds: [] });
    expect(begin(['insult'], 'screened')).toEqual({ state: 'held', holds: ['insult'] });
    expect(begin(['insult'], 'open')).toEqual({ state: 'open', holds: ['insult'] });
    expect(begin(['link'], 'open')).toEqual({ state: 'held', holds: ['link'] });
  });
});

describe('what was already posted', () => {
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  const post = (authorId: string, text: string, minutes = 30) => ({ authorId, text, at: ago(minutes) });
  const bread = 'Qui peut rapporter du pain et du lait ce soir';

  test('is alike whatever the order, the case and the accents', () => {
    expect(likeness('Du Pain complet, été', 'ete COMPLET pain')).toBe(1);
    expect(likeness(bread, 'Mon robinet fuit dans la cuisine')).toBeLessThan(0.2);
    expect(likeness('', '')).toBe(0);
  });

  test('is a repetition the third time of one author, or after two others; never after a day', () => {
    const twice = [post('a', bread), post('a', bread)];
    expect(repeatsIn(bread, 'a', twice.slice(1), now)).toEqual([]);
    expect(repeatsIn(bread, 'a', twice, now)).toEqual(['repeat']);
    expect(repeatsIn(bread, 'c', [post('a', bread), post('b', bread)], now)).toEqual(['repeat']);
    expect(repeatsIn(bread, 'c', twice, now)).toEqual([]);
    expect(repeatsIn(bread, 'a', [post('a', bread, 1441), post('a', bread, 1441)], now)).toEqual([]);
  });

  test('is a burst from the fourth post in ten minutes, whatever they say', () => {
    const rapid = ['un', 'deux', 'trois'].map((text, n) => post('a', `${text} sujet ${n}`, n));
    expect(repeatsIn(bread, 'a', rapid, now)).toEqual(['burst']);
    expect(repeatsIn(bread, 'a', rapid.slice(1), now)).toEqual([]);
    expect(repeatsIn(bread, 'b', rapid, now)).toEqual([]);
  });
});
