import { describe, expect, test } from 'vitest';
import type { StoredPost } from '../places/disclose.ts';
import { cellAt, post, viewer } from '../places/fixtures/posts.ts';
import { type AuthorTie, type BestReader, scoreForReader } from './best.ts';
import { giverOfHelper, giverOfOffer, isUrgentAt, ringBetween, wantedOf } from './sides.ts';

const now = new Date('2026-11-23T12:00:00Z');
const evening = { windowFrom: new Date('2026-11-23T17:30:00Z'), windowTo: new Date('2026-11-23T19:00:00Z') };
const strangers: AuthorTie = { languages: ['fr'], favoursTogether: 0 };
const gardener: BestReader = {
  helper: { skills: ['garden'], availability: ['weekday-evening'], languages: ['fr', 'en'] },
  mayHelpAnyone: true,
  requests: [],
};
const best = (of: Partial<StoredPost>, reader: Partial<BestReader> = {}, tie: Partial<AuthorTie> = {}) =>
  scoreForReader(post(of), viewer(), { ...gardener, ...reader }, { ...strangers, ...tie }, now);
const nothing = { score: 0, reasons: [] };

describe('a request, for whoever reads it', () => {
  test('is worth what they can help with, and when', () => {
    expect(best({ category: 'garden', ...evening })).toEqual({
      score: 0.92, // all but haste and favours together
      reasons: ['same-stair', 'same-category', 'free-then', 'same-language'],
    });
    expect(best({ category: 'garden', ...evening, windowTo: null }).reasons).not.toContain('free-then');
    expect(best({ category: 'garden', ...evening, windowFrom: null }).reasons).not.toContain('free-then');
  });

  test('is worth more urgent, of somebody they helped, and in the language they share', () => {
    const plain = best({ category: 'garden' }).score;
    expect(best({ category: 'garden', urgentUntil: new Date(now.getTime() + 1) }).reasons).toContain('urgent');
    expect(best({ category: 'garden', urgentUntil: now }).score).toBe(plain);
    expect(best({ category: 'garden' }, {}, { favoursTogether: 3 }).score).toBe(0.93);
    expect(best({ category: 'garden' }, {}, { languages: ['de', 'fr'] }).score).toBe(0.84);
    expect(best({ category: 'garden' }, {}, { languages: [] }).score).toBe(plain); // French is taken for said
    expect(best({ category: 'garden' }, { helper: { ...gardener.helper, languages: ['de'] } }).score).toBe(0.84);
  });

  test('is nothing to its author, to whom its audience leaves out, and where their trust does not let them answer', () => {
    expect(best({ authorId: 'reader', category: 'garden' })).toEqual(nothing);
    expect(best({ residenceId: 'r2', audience: 'residence', category: 'garden' })).toEqual(nothing);
    const childminder = { ...gardener.helper, skills: ['childcare' as const] };
    expect(best({ category: 'childcare' }, { helper: childminder, mayHelpAnyone: false })).toEqual(nothing);
    expect(best({ category: 'childcare' }, { helper: childminder }).score).toBeGreaterThan(0.8);
    expect(best({ category: 'garden' }, { mayHelpAnyone: false }).score).toBeGreaterThan(0.8);
  });
});

describe('an offer, for whoever reads it', () => {
  const offer = { kind: 'offer', category: 'repair', title: 'Je répare les robinets qui fuient' } as const;
  const mine = (more: Partial<StoredPost> = {}) =>
    post({
      id: 'mine',
      authorId: 'reader',
      category: 'repair',
      title: 'Mon robinet fuit',
      audience: 'residence',
      ...more,
    });

  test('is worth what it answers of their own requests, the best of them', () => {
    const repair = best(offer, { requests: [mine()] });
    expect(repair.reasons).toEqual(['same-stair', 'same-category', 'same-words']);
    const pets = mine({ category: 'pets', title: 'Mon chien' });
    for (const requests of [
      [pets, mine()],
      [mine(), pets],
    ])
      expect(best(offer, { requests })).toEqual(repair);
  });

  test('is worth its nearness to whoever asks for nothing, whatever they can do', () => {
    expect(best(offer)).toEqual(best(offer, { helper: { ...gardener.helper, skills: ['repair'] } }));
    expect(best(offer).reasons).toEqual(['same-stair']);
    expect(best(offer).score).toBeGreaterThan(best({ ...offer, stairId: 's2' }).score);
    expect(best({ ...offer, authorId: 'reader' })).toEqual(nothing);
  });

  test('is judged by the language its reader speaks first, French where none is said', () => {
    const inGerman = { languages: ['de', 'en'] };
    const reads = (languages: string[]) => best(offer, { helper: { ...gardener.helper, languages } }, inGerman).reasons;
    expect(reads(['en', 'fr'])).toContain('same-language');
    expect(reads(['fr', 'en'])).not.toContain('same-language');
    expect(
      best(offer, { helper: { ...gardener.helper, languages: [] } }, { languages: ['fr', 'de'] }).reasons,
    ).toContain('same-language');
  });

  test('does not answer a request in a ring that neither may see', () => {
    const far = { residenceId: 'r9', commune: '01143', cell: cellAt(46.4, 6.2) };
    expect(best(offer, { requests: [mine(far)] })).toEqual(best(offer));
  });
});

describe('two posts', () => {
  test('stand as near as whoever of the two may see the other', () => {
    const elsewhere = { authorId: 'b', residenceId: 'r2', stairId: 's9' };
    expect(ringBetween(post(), post({ authorId: 'b' }))).toBe('stair');
    expect(ringBetween(post({ audience: 'residence' }), post(elsewhere))).toBe('near-300');
    expect(ringBetween(post(elsewhere), post({ audience: 'residence' }))).toBe('near-300');
    expect(ringBetween(post({ audience: 'residence' }), post({ ...elsewhere, audience: 'residence' }))).toBeNull();
  });

  test('as two sides: what each wants or gives, in stems, half-days and haste', () => {
    const repair = post({
      category: 'repair',
      title: 'Robinet',
      details: 'Il fuit',
      ...evening,
      urgentUntil: evening.windowTo,
    });
    const stems = new Set(['robinet', 'fuit']);
    const slots = new Set(['weekday-evening']);
    const { words, ...wanted } = wantedOf(repair, 'en', now);
    expect(wanted).toEqual({ category: 'repair', slots, isUrgent: true, language: 'en' });
    expect(words).toEqual(stems);
    expect(giverOfOffer(repair, 'residence', ['fr'], 2)).toEqual({
      categories: ['repair'],
      words: stems,
      slots,
      languages: ['fr'],
      ring: 'residence',
      favoursTogether: 2,
      askedLately: 0,
    });
    expect(isUrgentAt(post(), now)).toBe(false);
  });

  test('a resident gives what they said, at any time when they did not say when', () => {
    const helper = { ...gardener.helper, favoursTogether: 1, askedLately: 2 };
    expect(giverOfHelper(helper, 'near-300')).toEqual({
      categories: ['garden'],
      words: null,
      slots: new Set(['weekday-evening']),
      languages: ['fr', 'en'],
      ring: 'near-300',
      favoursTogether: 1,
      askedLately: 2,
    });
    expect(giverOfHelper({ ...helper, availability: [] }, 'stair').slots).toBeNull();
  });
});
