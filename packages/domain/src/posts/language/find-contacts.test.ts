import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findContacts } from './find-contacts.ts';
import { discreetPhrases, revealingPhrases } from './phrases/contacts.ts';

const shown = (text: string) =>
  findContacts(text).map(({ kind, index, length }) => `${kind} ${text.slice(index, index + length)}`);

describe('findContacts', () => {
  const labelled = Object.entries(revealingPhrases).flatMap(([kind, phrases]) =>
    phrases.map((phrase) => ({ kind, phrase })),
  );

  it('finds every labelled contact, at least 40, by its kind', () => {
    expect(labelled.length).toBeGreaterThanOrEqual(40);
    expect(
      labelled.filter(({ kind, phrase }) => !findContacts(phrase).some((contact) => contact.kind === kind)),
    ).toEqual([]);
  });

  it('finds none in ordinary phrases full of numbers, at least 40', () => {
    expect(discreetPhrases.length).toBeGreaterThanOrEqual(40);
    expect(discreetPhrases.filter((phrase) => findContacts(phrase).length > 0)).toEqual([]);
  });

  it('points into the original text, whatever folding did to it', () => {
    expect(shown('Œuvre 🙂 É́té : 06 12 34 56 78, puis léa@exemple.fr au 12 rue des Lilas, digicode 45B12.')).toEqual([
      'phone 06 12 34 56 78',
      'email léa@exemple.fr',
      'address 12 rue des Lilas',
      'address digicode 45B12',
    ]);
    expect(shown('０６ １２ ３４ ５６ ７８')).toEqual(['phone ０６ １２ ３４ ５６ ７８']);
  });

  it('keeps one contact where two could be read', () => {
    expect(shown('jean@exemple.fr')).toEqual(['email jean@exemple.fr']);
    expect(shown('https://wa.me/33612345678')).toEqual(['link https://wa.me/33612345678']);
  });

  it('answers any text in order, without overlap and within it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'06 12.+@arue Lisporte4œé🙂/:'), maxLength: 200 }), (text) => {
        let end = 0;
        for (const { index, length } of findContacts(text)) {
          if (index < end || length <= 0) return false;
          end = index + length;
        }
        return end <= text.length;
      }),
    );
  });
});
