import { describe, expect, test } from 'vitest';
import { labelledPairs } from '../../matching/fixtures/labelled-pairs.ts';
import { detectHarm } from './detect-harm.ts';
import { heldOutPhrases } from './phrases/category-held-out.ts';
import { rareWordPhrases } from './phrases/category-rare-words.ts';
import { secondPhrases } from './phrases/category-second.ts';
import { tunedPhrases } from './phrases/category-tuned.ts';
import { unseenPhrases } from './phrases/category-unseen.ts';
import { entouragePosts } from './phrases/entourage.ts';
import { heldOutInsults, heldOutRevealing, innocentPhrases, tunedInsults, tunedRevealing } from './phrases/harm.ts';
import { milliseconds, print } from './phrases/print.ts';

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;
const kindsOf = (text: string) => detectHarm(text).map(({ kind }) => kind);

const ordinary = [
  ...[heldOutPhrases, rareWordPhrases, secondPhrases, tunedPhrases, unseenPhrases].flatMap((set) =>
    Object.values(set).flat(),
  ),
  ...labelledPairs.flat(),
  ...entouragePosts,
  ...innocentPhrases,
];

describe('what a referent should look at', () => {
  test('at most 3 % of ordinary posts raise an alarm', () => {
    const alarms = ordinary.filter((text) => detectHarm(text).length > 0);
    print(
      `false alarms on ordinary posts: ${alarms.length} of ${ordinary.length} (${percent(alarms.length, ordinary.length)}; at most 3 %)\n${alarms.join('\n')}`,
    );
    expect(ordinary.length).toBeGreaterThan(400);
    expect(alarms.length / ordinary.length).toBeLessThanOrEqual(0.03);
  });

  test.each([
    ['insults', 'insult', tunedInsults, heldOutInsults],
    ['what tells of somebody', 'sensitive', tunedRevealing, heldOutRevealing],
  ] as const)('%s are caught, also in phrases the lists never saw', (name, kind, tuned, heldOut) => {
    const missed = (texts: readonly string[]) => texts.filter((text) => !kindsOf(text).includes(kind));
    const [tunedMissed, heldOutMissed] = [missed(tuned), missed(heldOut)];
    const caught = heldOut.length - heldOutMissed.length;
    print(
      `${name}: ${tuned.length - tunedMissed.length} of ${tuned.length} tuned, ${caught} of ${heldOut.length} held out (${percent(caught, heldOut.length)}); missed: ${[...tunedMissed, ...heldOutMissed].join(' · ')}`,
    );
    expect(tunedMissed).toEqual([]);
    expect(caught / heldOut.length).toBeGreaterThanOrEqual(0.8);
  });

  test('a word that is also a bread, a language or a street passes', () => {
    expect(innocentPhrases.filter((text) => detectHarm(text).length > 0)).toEqual([]);
  });

  test('says which words, so that the desk can show them', () => {
    expect(detectHarm('Bonjour. Le voisin du 3e est un CONNARD !')).toEqual([{ kind: 'insult', words: 'connard' }]);
  });

  test('50,000 characters take at most 50 ms, whatever they are', () => {
    for (const text of ['sale '.repeat(10_000), 'je vais te '.repeat(4_545), 'a'.repeat(50_000)]) {
      detectHarm(text.slice(0, 500));
      const start = milliseconds();
      detectHarm(text);
      expect(milliseconds() - start).toBeLessThan(250);
    }
  });
});
