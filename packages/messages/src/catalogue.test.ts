import { describe, expect, test } from 'vitest';
import { m } from '../compiled/messages.js';
import { catalogueFaults, countKeys, readCatalogue } from './catalogue.mjs';
import { foreignWord, frenchSpaces } from './typography.mjs';

const sentencesOf = (entry: unknown): string[] =>
  typeof entry === 'string'
    ? [entry]
    : (entry as { match: Record<string, string> }[]).flatMap(({ match }) => Object.values(match));

const entriesOf = (locale: 'fr' | 'en') => Object.values(readCatalogue(locale)).flatMap((file) => Object.entries(file));
const variablesOf = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();

describe('the catalogue', () => {
  test('has the same keys in French and English, each in one listed file', () => {
    expect(catalogueFaults()).toEqual([]);
  });

  test('is compiled whole', () => {
    expect(Object.keys(m)).toHaveLength(countKeys());
    expect(countKeys()).toBeGreaterThan(100);
  });

  test('uses the same variables in both languages', () => {
    const english = new Map(entriesOf('en'));
    for (const [key, entry] of entriesOf('fr')) {
      const both = [entry, english.get(key)].map((each) => variablesOf(sentencesOf(each).join(' ')));
      expect(both[1], key).toEqual(both[0]);
    }
  });

  test('gives every plural its forms: one, many and other in French, one and other in English', () => {
    for (const locale of ['fr', 'en'] as const) {
      for (const [key, entry] of entriesOf(locale)) {
        if (typeof entry === 'string') continue;
        for (const { selectors, match } of entry as { selectors: string[]; match: Record<string, string> }[]) {
          if (!selectors.every((name) => name.endsWith('Plural'))) continue;
          const forms = Object.keys(match).map((when) => when.split('=')[1]);
          expect(forms, `${key} (${locale})`).toEqual(
            expect.arrayContaining(locale === 'fr' ? ['one', 'many', 'other'] : ['one', 'other']),
          );
        }
      }
    }
  });

  test('sets French spaces and apostrophes as printers do', () => {
    for (const [key, entry] of entriesOf('fr'))
      for (const text of sentencesOf(entry)) expect(text, key).toBe(frenchSpaces(text));
  });

  test('uses curly apostrophes in English', () => {
    for (const [key, entry] of entriesOf('en'))
      for (const text of sentencesOf(entry)) expect(text, key).not.toContain("'");
  });

  test.each(['fr', 'en'] as const)('holds no word of the other language (%s)', (locale) => {
    const spoken = entriesOf(locale).filter(([key]) => !key.startsWith('common_language_'));
    const found = spoken
      .flatMap(([key, entry]) => sentencesOf(entry).map((text) => [key, foreignWord(locale, text)]))
      .filter(([, word]) => word);
    expect(found).toEqual([]);
  });

  test('is never empty and never padded', () => {
    for (const locale of ['fr', 'en'] as const) {
      for (const [key, entry] of entriesOf(locale))
        for (const text of sentencesOf(entry)) expect(text.trim(), key).toBe(text || 'a sentence');
    }
  });
});

describe('compiled plurals', () => {
  test('choose the form of the language', () => {
    const said = [0, 1, 2, 1_000_000].map((count) => m.time_minutes_ago({ count }, { locale: 'fr' }));
    expect(said).toEqual(
      ['il y a 0 minute', 'il y a 1 minute', 'il y a 2 minutes', 'il y a 1000000 minutes'].map((text) =>
        text.replace(/(\d) /, '$1 '),
      ),
    );
    expect([0, 1, 2].map((count) => m.time_minutes_ago({ count }, { locale: 'en' }))).toEqual([
      '0 minutes ago',
      '1 minute ago',
      '2 minutes ago',
    ]);
  });
});

describe('frenchSpaces', () => {
  test.each([
    ['Vous venez ?', 'Vous venez\u202F?'],
    ['Bonjour!', 'Bonjour\u202F!'],
    ['Oui ; non : peut-être', 'Oui\u202F; non\u00A0: peut-être'],
    ['« ici »', '«\u00A0ici\u00A0»'],
    ["c'est à 250 m", 'c’est à 250\u00A0m'],
    ['à 18:30, https://palier.test/entrer?code=1', 'à 18:30, https://palier.test/entrer?code=1'],
    ['3 messages', '3 messages'],
  ])('%s', (typed, printed) => {
    expect(frenchSpaces(typed)).toBe(printed);
    expect(frenchSpaces(printed)).toBe(printed);
  });
});

describe('foreignWord', () => {
  test('finds what it looks for, and lets quotations and variables be', () => {
    expect(foreignWord('fr', 'Bonjour neighbour')).toBe('neighbour');
    expect(foreignWord('fr', 'Bonjour {with}')).toBeNull();
    expect(foreignWord('en', 'Ask votre voisin')).toBe('votre');
  });
});
