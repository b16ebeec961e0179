import { type Commune, listCommunes } from './communes.ts';
import { lazily } from './read-data.ts';

type Entry = { commune: Commune; name: string; bare: string; joined: string; words: string; population: number };

const longest = 80;
const mostAnswers = 100;
const abbreviations = new Map([
  ['st', 'saint'],
  ['ste', 'sainte'],
]);

/** Lower case, no accents, one space between runs of letters and digits. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replace(/\p{Mn}/gu, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

const entries = lazily((): Entry[] =>
  listCommunes()
    .map((commune): Entry => {
      const name = plain(commune.name);
      const bare = name.replace(/^(?:l|le|la|les) (?=.)/, '');
      const words = ` ${name} ${commune.postcodes.join(' ')} ${commune.insee.toLowerCase()}`;
      return { commune, name, bare, joined: name.replaceAll(' ', ''), words, population: commune.population ?? 0 };
    })
    .sort((a, b) => b.population - a.population || (a.commune.insee < b.commune.insee ? -1 : 1)),
);

/** The entries by the first letter, and by the first two, of each of their words: a query looks through one of these lists only. */
const byBeginning = lazily(() => {
  const lists = new Map<string, Entry[]>();
  for (const entry of entries())
    for (const beginning of new Set(entry.words.split(' ').flatMap((word) => [word.slice(0, 1), word.slice(0, 2)]))) {
      const list = lists.get(beginning);
      if (list) list.push(entry);
      else lists.set(beginning, [entry]);
    }
  return lists;
});

/** How well a commune answers a name, 0 best: the name itself, its first words (the article aside), its beginning, words somewhere in it. */
const rankOfName = ({ name, bare }: Entry, phrases: string[]): number => {
  if (phrases.includes(name)) return 0;
  if (phrases.some((phrase) => `${name} `.startsWith(`${phrase} `) || `${bare} `.startsWith(`${phrase} `))) return 1;
  return phrases.some((phrase) => name.startsWith(phrase) || bare.startsWith(phrase)) ? 2 : 3;
};

/** How well it answers a code, 0 best: its postcode (arrondissements first), its INSEE code, the beginning of one of them. */
const rankOfCode = ({ commune }: Entry, code: string): number => {
  if (commune.postcodes.includes(code)) return commune.parent ? 0 : 1;
  return commune.insee.toLowerCase() === code ? 2 : 3;
};

/** The first words may be abbreviated; the last may also be the beginning of another word ("st" of Strasbourg). */
const spellings = (word: string, isLast: boolean): string[] => {
  const full = abbreviations.get(word);
  if (!full) return [word];
  return isLast ? [full, word] : [full];
};

/** Every commune that may hold these words: the shortest list of a word with one spelling; of an abbreviation alone, those in s. */
const candidates = (words: string[]): Entry[] => {
  const lists = words
    .filter((word) => !abbreviations.has(word))
    .map((word) => byBeginning().get(word.slice(0, 2)) ?? [])
    .sort((a, b) => a.length - b.length);
  return lists[0] ?? byBeginning().get('s') ?? [];
};

/**
 * The communes a person may mean, at most `limit` (10; 0 to 100), best first, then the most populous.
 * `query` is a name, the beginnings of some of its words, a postcode, an INSEE code or its beginning, or a name with one of those, in any case,
 * with or without accents, hyphens and apostrophes, "st" for "saint". Never throws; an empty list when nothing fits.
 */
export const searchCommunes = (query: string, limit = 10): Commune[] => {
  const asked = typeof query === 'string' ? plain(query.slice(0, longest)) : '';
  const most = Math.min(Math.max(Math.trunc(limit) || 0, 0), mostAnswers);
  if (asked === '' || most === 0) return [];
  const words = asked.split(' ');
  const wanted = words.map((word, index) => spellings(word, index === words.length - 1).map((each) => ` ${each}`));
  const full = words.map((word) => abbreviations.get(word) ?? word).join(' ');
  const phrases = full === asked ? [asked] : [full, asked];
  const isCode = /^(?:\d+|2[ab]\d*)$/.test(asked);
  const ranked: Entry[][] = [[], [], [], []];
  for (const entry of candidates(words)) {
    if (!wanted.every((either) => either.some((word) => entry.words.includes(word)))) continue;
    ranked[isCode ? rankOfCode(entry, asked) : rankOfName(entry, phrases)]?.push(entry);
  }
  const found = ranked.flat();
  const joined = full.replaceAll(' ', '');
  const answers = found.length > 0 ? found : entries().filter((entry) => entry.joined.startsWith(joined));
  return answers.slice(0, most).map(({ commune }) => commune);
};
