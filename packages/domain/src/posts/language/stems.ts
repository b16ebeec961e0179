/// <reference path="./snowball-stemmers.d.ts" />
import { newStemmer } from 'snowball-stemmers';
import { sentencesOf, single } from './words.ts';

const french = newStemmer('french');

/** Words that carry no subject: French function words, greetings, and what every post says ("besoin", "aide", "quelqu’un"). */
const stopWords: ReadonlySet<string> = new Set(
  `a ai aie aies ait as au aucun aucune aujourd auquel aura aurai auraient aurais aurait aussi autre autres aux avaient avais avait avec avez aviez avoir
  avons ayant bien bonjour bonsoir bonne c ca car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci comme comment d dans de des depuis
  dernier deja dont donc du elle elles en encore entre es est et etaient etais etait etant ete etes etre eu eux faire fais faisais fait faites faut fera ferai font
  h heure heures hui ici il ils j je jusqu jusque l la le les leur leurs lors lui m ma mais me meme memes merci mes moi moins mon mr mme n ne ni non nos notre nous
  on ont ou oui par parce pas pendant peu peut peux pouvez pour pourra pourrai pourrais pourrait pourriez pouvoir plus puis qu quand que quel quelle quels
  quelles quelqu quelque quelques qui quoi s sa salut sans se sera serai serais serait ses si sinon soit sommes son sont sous souvent suis sur svp t ta te
  tes toi ton tous tout toute toutes tres trop tu un une urgent urgence va vais vers veux veut veulent voici voila vont vos votre vous voudrais voudrait y
  plait aide aider aidez besoin cherche chercher recherche jaimerais aimerais aimerait propose proposer disponible dispo voisin voisins voisine voisines
  jour jours lundi mardi mercredi jeudi vendredi samedi dimanche matin soir midi demain hier semaine semaines week end mois
  janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre coup main`.split(/\s+/),
);

/** Words whose stem would be another word's: `cours` and `courses`, `fils` and `fil`, the CAF and a café. */
const ownStems: ReadonlyMap<string, string> = new Map(
  Object.entries({
    cours: 'cours.',
    fils: 'fils',
    caf: 'caf',
    cafe: 'cafe',
    cafes: 'cafe',
    rendez: 'rendez',
    boite: 'boite',
    boites: 'boite',
    france: 'france',
    petition: 'petition',
  }),
);

/** The normalised stem of one folded word: Snowball's French algorithm (Porter 2001) on unaccented letters, doubled letters and a mute `e` or the plural of `-os` taken off. */
export const stemOf = (word: string): string => {
  const known = rememberedStems.get(word);
  if (known !== undefined) return known;
  const stem = makeStem(word);
  if (rememberedStems.size >= mostRemembered) rememberedStems.clear();
  rememberedStems.set(word, stem);
  return stem;
};

/** The stemmer is what costs, and neighbours use the same words: each is stemmed once, 20,000 of them at most. */
const rememberedStems = new Map<string, string>();
const mostRemembered = 20_000;

const makeStem = (word: string): string => {
  const plain = single(word);
  const own = ownStems.get(plain);
  if (own !== undefined) return own;
  const stem = single(french.stem(plain));
  return stem.length > 3 && (stem.endsWith('e') || stem.endsWith('os')) ? stem.slice(0, -1) : stem;
};

/** The most distinct words stemmed in one text: beyond, a text is no longer a post, and the stemmer is what costs. */
const mostWords = 1500;

/** The words of a text that carry its subject, folded and in order, without stop words and numbers; at most 1,500. */
export const subjectWords = (text: string): string[] => {
  const kept: string[] = [];
  for (const words of sentencesOf(text)) {
    for (const word of words) {
      if (kept.length === mostWords) return kept;
      if (word.length > 1 && word >= 'a' && !stopWords.has(word)) kept.push(word);
    }
  }
  return kept;
};

/**
 * Normalised French stems of a text, in order and with repeats, without stop words, numbers or one-letter words, for matching and search; at most
 * 1,500. Case, accents, doubled letters and common texting abbreviations make no difference. `[]` when nothing is left. 1 to 50,000 characters in ≤ 50 ms.
 */
export const stems = (text: string): string[] => subjectWords(text).map(stemOf);
