import { describe, expect, it, test } from 'vitest';
import type { Slot } from '../accounts/slot.ts';
import type { Category } from '../posts/categories.ts';
import { closeness } from './closeness.ts';
import { byScore, type Giver, overlap, scoreAsk, scoreMatch, type Wanted } from './score.ts';

const evening: ReadonlySet<Slot> = new Set(['weekday-evening']);
const morning: ReadonlySet<Slot> = new Set(['weekday-morning']);

/** All that can fit does: the whole score. */
const asked: Wanted = {
  category: 'repair',
  words: new Set(['fuit', 'robinet', 'évier']),
  slots: evening,
  isUrgent: true,
  language: 'en',
};
const ideal: Giver = {
  categories: ['repair'],
  words: asked.words,
  slots: evening,
  languages: ['fr', 'en'],
  ring: 'stair',
  favoursTogether: 3,
  askedLately: 0,
};
const score = (giver: Partial<Giver>, wanted: Partial<Wanted> = {}) =>
  scoreMatch({ ...asked, ...wanted }, { ...ideal, ...giver }).score;

/** Two who share nothing but the commune, in two categories. */
const strangers = (category: Category, words: string[]) =>
  ({
    ...ideal,
    categories: [category],
    words: new Set(words),
    languages: ['de'],
    ring: 'commune',
    slots: null,
    favoursTogether: 0,
  }) satisfies Giver;

describe('what each part weighs', () => {
  it('is 1 when all fits', () => expect(score({})).toBe(1));

  test.each<[string, Partial<Giver>, number]>([
    ['no word in common', { words: new Set(['joint']) }, 0.8],
    ['one word in three', { words: new Set(['fuit', 'mur', 'toit']) }, 0.866667],
    ['not free then', { slots: morning }, 0.92],
    ['not known when they are free', { slots: null }, 0.96],
    ['no half-day chosen, which says as little', { slots: new Set() }, 0.96],
    ['never helped each other', { favoursTogether: 0 }, 0.95],
    ['one favour together', { favoursTogether: 1 }, 0.966667],
    ['four favours together count as three', { favoursTogether: 4 }, 1],
    ['another language', { languages: ['fr'] }, 0.96],
    ['no language said, taken to be shared', { languages: [] }, 1],
    ['the residence', { ring: 'residence' }, 0.9625],
    ['within 300 m', { ring: 'near-300' }, 0.9125],
    ['within 1 km', { ring: 'near-1000' }, 0.8625],
    ['within 2 km', { ring: 'near-2000' }, 0.8125],
    ['the commune', { ring: 'commune' }, 0.775],
    ['asked once lately', { askedLately: 1 }, 0.982857],
    ['asked seven times lately', { askedLately: 7 }, 0.88],
    ['asked fourteen times lately, no worse than seven', { askedLately: 14 }, 0.88],
  ])('%s', (_title, giver, expected) => expect(score(giver)).toBe(expected));

  it('takes haste as nothing without it, and no window as not known', () => {
    expect(score({}, { isUrgent: false })).toBe(0.97);
    expect(score({}, { slots: null })).toBe(0.96);
  });

  it('takes the best of several skills, and a person’s skills where they have no words', () => {
    expect(score({ categories: ['sewing', 'repair', 'pets'] })).toBe(1);
    expect(score({ words: null })).toBe(1);
    expect(score({ words: null, categories: ['lending'] })).toBe(0.5868); // 0.4 close: 0.652 × 0.9
  });

  it('never goes under 0', () => {
    expect(scoreMatch({ ...asked, isUrgent: false }, { ...strangers('digital', []), askedLately: 7 }).score).toBe(0);
  });
});

describe('how far another category is followed', () => {
  const across = (wanted: Category, category: Category, words: string[]) =>
    scoreMatch({ ...asked, category: wanted, isUrgent: false }, strangers(category, words));

  it('is in full from half close, or half of the words; less below either', () => {
    expect(across('childcare', 'schoolwork', []).score).toBe(0.252); // 0.19 + 0.022 + 0.04
    expect(across('repair', 'lending', ['fuit', 'robinet']).score).toBe(0.414); // 0.152 + 0.2 + 0.062
    expect(across('repair', 'lending', ['fuit', 'mur']).score).toBe(0.314); // half of the shorter text
    expect(across('repair', 'lending', []).score).toBe(0.1926); // 0.214 × 0.9
    expect(across('repair', 'digital', []).score).toBe(0.07735); // 0.119 × 0.65
  });

  it('is not at all from a quite other one, unless half of the words are shared', () => {
    expect(across('repair', 'company', ['fuit', 'mur', 'toit'])).toEqual({ score: 0, reasons: [] });
    expect(across('repair', 'company', ['fuit', 'mur'])).toEqual({ score: 0.162, reasons: ['same-words'] });
  });

  it('halves once more for a neighbour of one residence who helps with quite other things', () => {
    const other: Giver = { ...strangers('company', []), ring: 'stair' };
    expect(scoreAsk({ ...asked, isUrgent: false }, other)).toEqual({ score: 0.065, reasons: ['same-stair'] });
    expect(scoreAsk(asked, { ...other, ring: 'near-300' })).toEqual({ score: 0, reasons: [] });
  });
});

describe('reasons', () => {
  const why = (giver: Partial<Giver>, wanted: Partial<Wanted> = {}) =>
    scoreMatch({ ...asked, isUrgent: false, ...wanted }, { ...strangers('repair', []), ...giver }).reasons;

  it('come in the order of their weight', () => {
    expect(scoreMatch(asked, ideal).reasons).toEqual([
      'same-stair',
      'same-category',
      'same-words',
      'helped-before',
      'free-then',
      'same-language',
      'urgent',
    ]);
  });

  test.each<[string, Partial<Giver>, Partial<Wanted>, string[]]>([
    ['nothing but the category', {}, {}, ['same-category']],
    ['the residence', { ring: 'residence' }, {}, ['same-residence', 'same-category']],
    ['within 300 m', { ring: 'near-300' }, {}, ['same-category', 'near']],
    ['within 1 km', { ring: 'near-1000' }, {}, ['same-category', 'near']],
    ['within 2 km, which is not said', { ring: 'near-2000' }, {}, ['same-category']],
    ['haste', {}, { isUrgent: true }, ['same-category', 'urgent']],
    ['half of the words', { words: new Set(['fuit', 'mur']) }, {}, ['same-category', 'same-words']],
    ['fewer words', { words: new Set(['fuit', 'mur', 'toit']) }, {}, ['same-category']],
    ['free then', { slots: evening }, {}, ['same-category', 'free-then']],
    ['not free then', { slots: morning }, {}, ['same-category']],
    ['one favour together', { favoursTogether: 1 }, {}, ['same-category', 'helped-before']],
    ['a language among theirs', { languages: ['de', 'en'] }, {}, ['same-category', 'same-language']],
    ['the only language they speak, which goes without saying', { languages: ['en'] }, {}, ['same-category']],
    ['none of their languages', { languages: ['de', 'fr'] }, {}, ['same-category']],
    ['a close category', { categories: ['lending'] }, {}, ['close-category']],
    ['a category 0.3 close', { categories: ['cooking'] }, { category: 'errands' }, ['close-category']],
    ['a category 0.25 close', { categories: ['garden'] }, {}, []],
  ])('%s', (_title, giver, wanted, expected) => expect(why(giver, wanted)).toEqual(expected));
});

test('words in common are counted against the shorter text, in full from three', () => {
  const of = (one: string, other: string) => overlap(new Set(one), new Set(other));
  expect([of('abc', 'abcd'), of('abcd', 'abcde'), of('abcdef', 'abcxyz')]).toEqual([1, 1, 1]);
  expect([of('ab', 'acd'), of('abxy', 'acd'), of('a', 'b'), of('', ''), of('', 'a')]).toEqual([0.5, 1 / 3, 0, 0, 0]);
});

test('“other” is a little close to everything, and to itself no more than a sister category', () => {
  expect([closeness('other', 'other'), closeness('other', 'pets'), closeness('pets', 'other')]).toEqual([
    0.3, 0.2, 0.2,
  ]);
  expect([closeness('pets', 'pets'), closeness('company', 'heat-check'), closeness('pets', 'digital')]).toEqual([
    1, 0.6, 0,
  ]);
});

test('matches are ordered by score, then by nearness, then by id', () => {
  const far = { score: 0.9, ring: 'commune', id: 'b' } as const;
  const near = { score: 0.5, ring: 'stair', id: 'a' } as const;
  expect(byScore(far, near)).toBeLessThan(0);
  expect(byScore({ ...far, score: 0.5 }, near)).toBeGreaterThan(0);
  expect(byScore(near, { ...near, id: 'b' })).toBeLessThan(0);
  expect(byScore({ ...near, id: 'b' }, near)).toBeGreaterThan(0);
  expect(byScore(near, near)).toBe(0);
});
