import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Category } from '../posts/categories.ts';
import { proposeCategory, stems } from '../posts/language/index.ts';
import { print } from '../posts/language/phrases/print.ts';
import { closeness } from './closeness.ts';
import { labelledPairs } from './fixtures/labelled-pairs.ts';
import { rings } from './rings.ts';
import { askLoad, byScore, fairness, type Giver, overlap, scoreMatch, type Wanted, weights } from './score.ts';

const categories = fc.constantFrom(...Category.options);
const words = fc
  .uniqueArray(fc.constantFrom('robinet', 'fuit', 'cours', 'chien', 'arros', 'port'), { maxLength: 5 })
  .map((list) => new Set(list));
const slots = fc.option(
  fc
    .uniqueArray(fc.constantFrom('weekday-morning', 'weekday-evening', 'weekend-afternoon'), { maxLength: 3 })
    .map((list) => new Set(list)),
);
const wanted: fc.Arbitrary<Wanted> = fc.record({
  category: categories,
  words,
  slots,
  isUrgent: fc.boolean(),
  language: fc.constantFrom('fr', 'en'),
});
const giver: fc.Arbitrary<Giver> = fc.record({
  categories: fc.uniqueArray(categories, { maxLength: 4 }),
  words: fc.option(words),
  slots,
  languages: fc.uniqueArray(fc.constantFrom('fr', 'en'), { maxLength: 2 }),
  ring: fc.constantFrom(...rings),
  favoursTogether: fc.nat(5),
  askedLately: fc.double({ min: 0, max: 20, noNaN: true }),
});

describe('scoreMatch', () => {
  it('stays between 0 and 1, and its weights add up to 1', () => {
    fc.assert(
      fc.property(wanted, giver, (w, g) => {
        const { score } = scoreMatch(w, g);
        return score >= 0 && score <= 1;
      }),
    );
    expect(Object.values<number>(weights).reduce((a, b) => a + b)).toBeCloseTo(1, 9);
  });

  it('never scores less for being nearer, nor more for having been asked lately', () => {
    fc.assert(
      fc.property(wanted, giver, fc.nat(5), fc.nat(20), (w, g, step, more) => {
        const nearer = rings[Math.max(0, rings.indexOf(g.ring) - step)] ?? g.ring;
        const { score } = scoreMatch(w, g);
        return (
          scoreMatch(w, { ...g, ring: nearer }).score >= score &&
          scoreMatch(w, { ...g, askedLately: g.askedLately + more }).score <= score
        );
      }),
    );
  });

  it('is symmetric where it should be: swapping the two texts and the two categories changes nothing', () => {
    fc.assert(
      fc.property(categories, categories, words, words, fc.constantFrom(...rings), (one, other, these, those, ring) => {
        const ask = (category: Category, stems: Set<string>): Wanted => ({
          category,
          words: stems,
          slots: null,
          isUrgent: false,
          language: 'fr',
        });
        const give = (category: Category, stems: Set<string>): Giver => ({
          categories: [category],
          words: stems,
          slots: null,
          languages: ['fr'],
          ring,
          favoursTogether: 0,
          askedLately: 0,
        });
        return (
          scoreMatch(ask(one, these), give(other, those)).score ===
          scoreMatch(ask(other, those), give(one, these)).score
        );
      }),
    );
    fc.assert(fc.property(words, words, (a, b) => overlap(a, b) === overlap(b, a)));
  });

  it('orders totally and the same whatever the order they come in', () => {
    const candidate = fc.record({
      score: fc.constantFrom(0.2, 0.5, 0.5, 0.9),
      ring: fc.constantFrom(...rings),
      id: fc.uuid(),
    });
    fc.assert(
      fc.property(fc.uniqueArray(candidate, { selector: ({ id }) => id }), (list) => {
        expect([...list].reverse().sort(byScore)).toEqual([...list].sort(byScore));
      }),
    );
  });

  it('gives its reasons as codes, and none without a score', () => {
    const { reasons } = scoreMatch(
      {
        category: 'repair',
        words: new Set(['fuit', 'robinet']),
        slots: new Set(['weekday-evening']),
        isUrgent: false,
        language: 'fr',
      },
      {
        categories: ['repair'],
        words: new Set(['robinet', 'fuit', 'joint']),
        slots: new Set(['weekday-evening']),
        languages: ['fr'],
        ring: 'stair',
        favoursTogether: 1,
        askedLately: 0,
      },
    );
    expect(reasons).toEqual(['same-stair', 'same-category', 'same-words', 'helped-before', 'free-then']);
    fc.assert(
      fc.property(wanted, giver, (w, g) => {
        const { score, reasons: why } = scoreMatch(w, g);
        return score > 0 || why.length === 0 || g.askedLately > 0;
      }),
    );
  });
});

describe('askLoad', () => {
  const hourMs = 3_600_000;
  const age = fc.integer({ min: -hourMs, max: 10 * 24 * hourMs });
  const ages = fc.array(age, { maxLength: 40 });

  it('weighs an ask of an hour ago more than one of six days ago, and one of last week not at all', () => {
    expect(askLoad([hourMs])).toBeGreaterThan(6 * askLoad([6 * 24 * hourMs]));
    expect([askLoad([]), askLoad([fairness.lastsMs]), askLoad([0, 0, -hourMs])]).toEqual([0, 0, 3]);
  });

  it('never falls when an ask is later or one more, whatever their order, and each counts between 0 and 1', () => {
    fc.assert(
      fc.property(ages, age, fc.nat(24 * hourMs), (others, one, laterMs) => {
        const load = askLoad([...others, one]);
        expect(askLoad([...others, one - laterMs])).toBeGreaterThanOrEqual(load);
        expect(load).toBeGreaterThanOrEqual(askLoad(others));
        expect(load).toBeLessThanOrEqual(others.length + 1);
        expect(askLoad([one, ...others])).toBeCloseTo(load, 9);
      }),
    );
  });
});

describe('closeness', () => {
  it('is symmetric, between 0 and 1, and highest for the same category', () => {
    for (const one of Category.options)
      for (const other of Category.options) {
        expect(closeness(one, other)).toBe(closeness(other, one));
        expect(closeness(one, other)).toBeLessThanOrEqual(closeness(one, one));
      }
  });
});

describe('on labelled pairs', () => {
  const scoreOf = (request: string, offer: string): number => {
    const category = (text: string): Category => proposeCategory(text)?.category ?? 'other';
    return scoreMatch(
      { category: category(request), words: new Set(stems(request)), slots: null, isUrgent: false, language: 'fr' },
      {
        categories: [category(offer)],
        words: new Set(stems(offer)),
        slots: null,
        languages: ['fr'],
        ring: 'residence',
        favoursTogether: 0,
        askedLately: 0,
      },
    ).score;
  };
  /** Share of pairs (one of each label) ranked the right way round, ties counting half. */
  const auc = (above: number[], below: number[]): number =>
    above.reduce((sum, a) => sum + below.reduce((part, b) => part + (a > b ? 1 : a === b ? 0.5 : 0), 0), 0) /
    (above.length * below.length);
  const of = (label: string) =>
    labelledPairs.filter(([, , given]) => given === label).map(([request, offer]) => scoreOf(request, offer));

  it('ranks good above bad, and above plausible, with an AUC of at least 0.9', () => {
    expect(labelledPairs.length).toBeGreaterThanOrEqual(120);
    const [good, plausible, bad] = [of('good'), of('plausible'), of('bad')];
    const figures = {
      goodOverBad: auc(good, bad),
      goodOverRest: auc(good, [...plausible, ...bad]),
      usefulOverBad: auc([...good, ...plausible], bad),
    };
    print(
      `matching, AUC over ${labelledPairs.length} pairs: good over bad ${figures.goodOverBad.toFixed(3)}, good over the rest ${figures.goodOverRest.toFixed(3)}, good or plausible over bad ${figures.usefulOverBad.toFixed(3)}`,
    );
    for (const figure of Object.values(figures)) expect(figure).toBeGreaterThanOrEqual(0.9);
  });
});
