import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectEmergency, detectPayment, findContacts, fold, proposeCategory, stems } from './index.ts';
import { nearWords } from './near-words.ts';
import { compilePhrases } from './phrase-patterns.ts';
import { revealingPhrases } from './phrases/contacts.ts';
import { alarmingPhrases } from './phrases/emergency.ts';
import { milliseconds, print } from './phrases/print.ts';

describe('stems', () => {
  it('brings the forms of a word together', () => {
    for (const forms of [
      'réparer réparation reparations réparé réparée',
      'promener promenait promené',
      'course courses coursses',
      'vélo vélos',
      'tombé tombée tomber',
    ]) {
      expect(new Set(stems(forms)).size, forms).toBe(1);
    }
  });

  it('leaves out stop words, numbers and single letters', () => {
    expect(stems('Bonjour, est-ce que quelqu’un peut m’aider à 14 h ? Merci')).toEqual([]);
    expect(stems('Qui peut me prêter une échelle ?')).toEqual(['pret', 'echel']);
  });

  it('stops at 1,500 words', () => {
    expect(stems('perceuse '.repeat(5000))).toHaveLength(1500);
  });
});

describe('fold', () => {
  it('is the same twice over', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (text) => fold(fold(text)) === fold(text)));
  });

  it('writes French plainly', () => {
    expect(fold('Ça, l’Œuf\u00a0: À L\u200bA NOËL')).toBe("ca, l'oeuf : a la noel");
  });
});

describe('nearWords', () => {
  it('finds a word one slip away and no further', () => {
    const near = nearWords(['tondeuse', 'chat']);
    for (const slip of ['tondeus', 'tondeusse', 'tomdeuse', 'toneduse']) expect(near(slip)).toBe('tondeuse');
    for (const other of ['tonneuses', 'fondeuse', 'chats', 'tnodesue']) expect(near(other)).toBeUndefined();
  });
});

describe('compilePhrases', () => {
  const find = compilePhrases([['sample', ['tombe* ..2 sol|terre', 'euro de? l heure', '# euro']]] as const);
  const found = (line: string) => find(line.split(' ')).map(({ from, to }) => [from, to]);

  it('reads prefixes, gaps, alternatives, numbers and optional words', () => {
    expect(found('elle est tombee par terre')).toEqual([[2, 5]]);
    expect(found('tombe un peu trop loin du sol')).toEqual([]);
    expect(found('vingt euro l heure')).toEqual([
      [0, 2],
      [1, 4],
    ]);
    expect(found('12 euro de l heure')).toEqual([
      [0, 2],
      [1, 5],
    ]);
  });

  it('refuses a phrase that begins with a gap', () => {
    expect(() => compilePhrases([['sample', ['..2 sol']]])).toThrow(RangeError);
  });
});

describe('50,000 characters', () => {
  const most = 50_000;
  const phrases = [...Object.values(alarmingPhrases).flat(), ...Object.values(revealingPhrases).flat()].join(' ');
  const units = [
    'a',
    '1',
    '0',
    '06 ',
    '+3',
    '@',
    'a@',
    'a.',
    '..',
    'é',
    'œ',
    '(',
    '🙂',
    '6/',
    '06.',
    'https://',
    'a-b.',
    'x@y.',
    'arobase ',
    'zero six ',
    '12 rue de la ',
    'code ',
    'est tombe ',
    'je paie ',
    'pas ',
    '20 euro ',
    'veux plus ',
    'elle ',
    'chat ',
    'fille ',
    'me tuer ',
    'prix de ',
    ' ',
    '\n',
    "'",
    'o0',
    `${phrases} `,
  ]; // prettier-ignore
  const texts = units.map((unit) => unit.repeat(Math.ceil(most / unit.length)).slice(0, most));
  const letters = (n: number) =>
    String.fromCharCode(97 + (n % 26), 97 + ((n * 7) % 26), 97 + ((n >> 3) % 26), 97 + ((n >> 5) % 26));
  texts.push(
    Array.from({ length: 6000 }, (_, n) => `${letters(n)}tions`)
      .join(' ')
      .slice(0, most),
  );

  it.each(Object.entries({ proposeCategory, detectPayment, detectEmergency, findContacts, stems, fold }))(
    '%s takes at most 50 ms',
    (name, read) => {
      let slowest = 0;
      for (const text of texts) {
        let best = Number.POSITIVE_INFINITY;
        for (let run = 0; run < 20 && best > 45; run += 1) {
          const start = milliseconds();
          read(text);
          best = Math.min(best, milliseconds() - start);
        }
        slowest = Math.max(slowest, best);
      }
      print(`${name}: slowest of ${texts.length} hostile texts ${slowest.toFixed(1)} ms (limit 50)`);
      expect(slowest).toBeLessThanOrEqual(50);
    },
  );
});
