import { nearWords } from './near-words.ts';
import { single } from './words.ts';

type Item = {
  exact: ReadonlySet<string>;
  prefixes: readonly string[];
  isNumber: boolean;
  isOptional: boolean;
  gap: number;
};
type Pattern<Label> = { label: Label; items: readonly Item[] };

/** Words `from` (inclusive) to `to` (exclusive) of a sentence match a pattern labelled `label`. */
export type PhraseMatch<Label> = { label: Label; from: number; to: number };

const numbers: ReadonlySet<string> = new Set(
  'deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante cent'.split(
    ' ',
  ),
);
const isNumber = (word: string): boolean => (word >= '0' && word <= ':') || numbers.has(word);

const parseItem = (source: string): Item => {
  const gap = source.startsWith('..') ? Number(source.slice(2)) : 0;
  const isOptional = source.endsWith('?');
  const words = gap > 0 ? [] : (isOptional ? source.slice(0, -1) : source).split('|').map(single);
  return {
    exact: new Set(words.filter((word) => !word.endsWith('*') && word !== '#')),
    prefixes: words.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1)),
    isNumber: words.includes('#'),
    isOptional,
    gap,
  };
};

const fits = (item: Item, word: string): boolean =>
  item.exact.has(word) || item.prefixes.some((prefix) => word.startsWith(prefix)) || (item.isNumber && isNumber(word));

/** The end of the match of `items[at…]` from `words[from]`, or -1. Bounded: a pattern holds at most two gaps of at most 9 words. */
const endOf = (items: readonly Item[], at: number, words: readonly string[], from: number): number => {
  const item = items[at];
  if (item === undefined) return from;
  if (item.gap > 0) {
    for (let skipped = 0; skipped <= item.gap && from + skipped < words.length; skipped += 1) {
      const end = endOf(items, at + 1, words, from + skipped);
      if (end >= 0) return end;
    }
    return -1;
  }
  const word = words[from];
  if (word !== undefined && fits(item, word)) {
    const end = endOf(items, at + 1, words, from + 1);
    if (end >= 0) return end;
  }
  return item.isOptional ? endOf(items, at + 1, words, from) : -1;
};

type Index<Label> = {
  byFirst: ReadonlyMap<string, readonly Pattern<Label>[]>;
  known: ReadonlySet<string>;
  prefixes: ReadonlySet<string>;
  longestPrefix: number;
};
type Sources<Label> = readonly (readonly [Label, readonly string[]])[];

const keysOf = ({ exact, prefixes, isNumber }: Item): string[] => [
  ...exact,
  ...prefixes.map((prefix) => `${prefix}*`),
  ...(isNumber ? ['#'] : []),
];

const indexOf = <Label>(sources: Sources<Label>): Index<Label> => {
  const patterns = sources.flatMap(([label, lines]) =>
    lines.map((line) => ({ label, items: line.split(' ').map(parseItem) })),
  );
  const byFirst = new Map<string, Pattern<Label>[]>();
  for (const pattern of patterns) {
    const [first] = pattern.items;
    if (first === undefined || first.gap > 0 || first.isOptional) throw new RangeError('a phrase begins with a word');
    for (const key of keysOf(first)) byFirst.set(key, [...(byFirst.get(key) ?? []), pattern]);
  }
  const items = patterns.flatMap((pattern) => pattern.items);
  const prefixes = new Set(items.flatMap((item) => item.prefixes));
  const longestPrefix = Math.max(0, ...[...prefixes].map((prefix) => prefix.length));
  return { byFirst, known: new Set(items.flatMap((item) => [...item.exact])), prefixes, longestPrefix };
};

/**
 * Compiles patterns of folded French words into a finder of all their matches in one sentence (see `sentencesOf`), in time linear in the sentence.
 * A pattern is items separated by spaces: `word`, `pre*` (any word so beginning), `a|b` (either), `#` (a number, in digits or words), `..3` (up to three
 * words of any kind), a trailing `?` (may be absent). The first item is neither a gap nor optional. A word unknown to all patterns stands for the one
 * it is a slip away from.
 */
export const compilePhrases = <Label>(
  sources: Sources<Label>,
): ((words: readonly string[]) => PhraseMatch<Label>[]) => {
  const { byFirst, known, prefixes, longestPrefix } = indexOf(sources);
  const near = nearWords(known);
  const isKnown = (word: string): boolean => {
    if (known.has(word)) return true;
    for (let length = 2; length <= word.length && length <= longestPrefix; length += 1) {
      if (prefixes.has(word.slice(0, length))) return true;
    }
    return false;
  };
  return (written) => {
    const words = written.map((raw) => {
      const word = single(raw);
      return isKnown(word) ? word : (near(word) ?? word);
    });
    const matches: PhraseMatch<Label>[] = [];
    const tryAll = (patterns: readonly Pattern<Label>[] | undefined, from: number) => {
      if (patterns === undefined) return;
      for (const { label, items } of patterns) {
        const to = endOf(items, 0, words, from);
        if (to >= 0) matches.push({ label, from, to });
      }
    };
    for (let from = 0; from < words.length; from += 1) {
      const word = words[from] ?? '';
      tryAll(byFirst.get(word), from);
      if (isNumber(word)) tryAll(byFirst.get('#'), from);
      for (let length = 2; length <= word.length && length <= longestPrefix; length += 1) {
        const prefix = word.slice(0, length);
        if (prefixes.has(prefix)) tryAll(byFirst.get(`${prefix}*`), from);
      }
    }
    return matches;
  };
};
