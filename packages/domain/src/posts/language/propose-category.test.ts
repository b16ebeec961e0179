import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Category } from '../categories.ts';
import { heldOutPhrases } from './phrases/category-held-out.ts';
import { rareWordPhrases } from './phrases/category-rare-words.ts';
import { secondPhrases } from './phrases/category-second.ts';
import { tunedPhrases } from './phrases/category-tuned.ts';
import { unseenPhrases } from './phrases/category-unseen.ts';
import { print } from './phrases/print.ts';
import { proposeCategory } from './propose-category.ts';

const accuracyOf = (name: string, set: Readonly<Record<Category, readonly string[]>>) => {
  const judged = Category.options.flatMap((category) =>
    set[category].map((phrase) => proposeCategory(phrase)?.category === category),
  );
  const right = judged.filter(Boolean).length;
  const percent = (100 * right) / judged.length;
  print(`category, ${name}: ${right} of ${judged.length} right (${percent.toFixed(1)} %)`);
  return { count: judged.length, percent };
};

describe('proposeCategory', () => {
  it('is right on at least 85 % of the phrases it may be tuned on, at least 170 of them', () => {
    const { count, percent } = accuracyOf('tuned', tunedPhrases);
    expect(count).toBeGreaterThanOrEqual(170);
    expect(percent).toBeGreaterThanOrEqual(85);
  });

  it('is right on at least 85 % of 60 phrases written before it and held out', () => {
    const { count, percent } = accuracyOf('held out', heldOutPhrases);
    expect(count).toBeGreaterThanOrEqual(60);
    expect(percent).toBeGreaterThanOrEqual(85);
  });

  it('is right on at least 85 % of the phrases of rarer words it was widened with', () => {
    expect(accuracyOf('rarer words', rareWordPhrases).percent).toBeGreaterThanOrEqual(85);
  });

  it('is right on at least 85 % of a second set it was widened with', () => {
    expect(accuracyOf('second set', secondPhrases).percent).toBeGreaterThanOrEqual(85);
  });

  it('is right on at least 85 % of 60 phrases written after its last change', () => {
    const { count, percent } = accuracyOf('unseen', unseenPhrases);
    expect(count).toBeGreaterThanOrEqual(60);
    expect(percent).toBeGreaterThanOrEqual(85);
  });

  it('says which words of the post spoke, strongest first', () => {
    expect(proposeCategory('Tondre la pelouse')).toEqual({
      category: 'garden',
      confidence: 1,
      because: ['tondre', 'pelouse', 'tondre/pelouse'],
    });
  });

  it('takes a frequent word for itself, not for a slip of another', () => {
    expect(proposeCategory('Qui peut rapporter un pain de campagne ?')?.category).toBe('errands');
    expect(proposeCategory('Au retour, par le chemin du facteur')).toMatchObject({ category: 'other', confidence: 0 });
    expect(proposeCategory('Tenir compagni à ma tante')?.category).toBe('company');
  });

  it('proposes nothing before there are words to judge', () => {
    for (const text of ['', '   ', '!!!', 'Bonjour, j’ai besoin d’aide svp', '12 14 16'])
      expect(proposeCategory(text)).toBeNull();
  });

  it('falls back on other, without confidence, for words it does not know', () => {
    expect(proposeCategory('abracadabra')).toEqual({ category: 'other', confidence: 0, because: [] });
  });

  it('makes nothing of accents, case or a slip of the keyboard', () => {
    for (const text of [
      'covoiturage',
      'COVOITURAGE',
      'covoituragge',
      'covoitrage',
      'cøvoiturage',
      'ｃｏｖｏｉｔｕｒａｇｅ',
    ]) {
      expect(proposeCategory(text)?.category).toBe('transport');
    }
    expect(proposeCategory('déménager samedi')).toEqual(proposeCategory('DEMENAGER samedi'));
  });

  it('answers any text, with a confidence from 0 to 1', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const proposal = proposeCategory(text);
        if (proposal === null) return true;
        return Category.options.includes(proposal.category) && proposal.confidence >= 0 && proposal.confidence <= 1;
      }),
    );
  });
});
