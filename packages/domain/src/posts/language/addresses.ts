import type { Part, Token } from './contact-parts.ts';

const roads: ReadonlySet<string> = new Set(
  `rue avenue av ave bd bld boulevard chemin che allee all allees impasse imp quai route rte montee ruelle sentier esplanade faubourg fbg lotissement lot
  hameau clos venelle chaussee promenade traverse voie rond mail`.split(/\s+/),
);
/** Words that are roads only before a proper name: "1 place de parking" and "3 cours de maths" are no address. */
const perhapsRoads: ReadonlySet<string> = new Set([
  'place',
  'pl',
  'cours',
  'square',
  'passage',
  'residence',
  'villa',
  'cite',
  'parc',
  'voie',
  'route',
  'promenade',
  'mail',
]);
const links: ReadonlySet<string> = new Set(['de', 'du', 'des', 'la', 'le', 'les', 'l', 'd', 'aux', 'au']);
const noNames: ReadonlySet<string> = new Set(['a', 'et', 'sur', 'en', 'ou', 'plus', 'avant', 'apres', 'pour']);
const suffixes: ReadonlySet<string> = new Set(['bis', 'ter', 'quater', 'a', 'b', 'c', 'd']);
const buildings: ReadonlySet<string> = new Set(['bat', 'batiment', 'bt', 'immeuble', 'tour']);
const doors: ReadonlySet<string> = new Set(['appartement', 'appt', 'apt', 'app', 'appart', 'porte']);
const afterDoor: ReadonlySet<string> = new Set([
  'fois',
  'jours',
  'de',
  'portes',
  'en',
  'ans',
  'pieces',
  'personnes',
  'm',
  'places',
  'par',
  'a',
]);
const ringers: ReadonlySet<string> = new Set(['interphone', 'sonnez', 'sonner', 'sonnette']);

const isNumber = (word: string | undefined): boolean =>
  word !== undefined && word.length <= 4 && word >= '0' && word < ':';
const isCode = (from: Token | undefined, next: Token | undefined): boolean =>
  from !== undefined &&
  /^\d+$/.test(from.word) &&
  (from.word.length >= 4 || (next !== undefined && next.from === from.to && next.word.length <= 2));

/** The tokens of a text, and whether the original has a capital at a folded index: a name, not a thing. */
type Reading = { tokens: readonly Token[]; isCapital: (at: number) => boolean };
/** Reads from a token; the index of the last token of the address that begins there, or -1. */
type Reader = (reading: Reading, at: number) => number;

const wordAt = ({ tokens }: Reading, at: number): string => tokens.at(at)?.word ?? '';
const isNamed = ({ tokens, isCapital }: Reading, at: number): boolean => isCapital(tokens.at(at)?.from ?? 0);
const gapBefore = ({ tokens }: Reading, at: number): number =>
  (tokens.at(at)?.from ?? 0) - (tokens.at(at - 1)?.to ?? 0);

const nameAfter: Reader = (reading, road) => {
  let name = road + 1;
  while (name < reading.tokens.length && name - road < 5 && links.has(wordAt(reading, name))) name += 1;
  const word = name < reading.tokens.length ? wordAt(reading, name) : '';
  return word === '' || /^\d/.test(word) || noNames.has(word) ? -1 : name;
};

const streetFrom: Reader = (reading, at) => {
  const road = suffixes.has(wordAt(reading, at + 1)) ? at + 2 : at + 1;
  const kind = wordAt(reading, road);
  const needsName = perhapsRoads.has(kind);
  if (!(needsName || roads.has(kind)) || gapBefore(reading, road) > 2) return -1;
  const name = nameAfter(reading, road);
  return needsName && !isNamed(reading, name) ? -1 : name;
};

const buildingFrom: Reader = (reading, at) => {
  const next = wordAt(reading, at + 1);
  if (isNumber(next)) return wordAt(reading, at) === 'tour' ? -1 : at + 1;
  const isLetter = next.length === 1 && next >= 'a' && wordAt(reading, at + 2) !== 'l';
  return isLetter && (isNamed(reading, at + 1) || wordAt(reading, at) === 'bat') ? at + 1 : -1;
};

const doorFrom: Reader = (reading, at) => {
  const number = ['n', 'no', 'numero'].includes(wordAt(reading, at + 1)) ? at + 2 : at + 1;
  return isNumber(wordAt(reading, number)) && !afterDoor.has(wordAt(reading, number + 1)) ? number : -1;
};

const codeFrom: Reader = (reading, at) => {
  const isDigicode = wordAt(reading, at) === 'digicode';
  if (!isDigicode && ['postal', 'promo'].includes(wordAt(reading, at + 1))) return -1;
  for (let code = at + 1; code <= at + (isDigicode ? 4 : 7) && code < reading.tokens.length; code += 1) {
    if (!isCode(reading.tokens[code], reading.tokens[code + 1])) continue;
    let last = code;
    while (last < code + 2 && last + 1 < reading.tokens.length && gapBefore(reading, last + 1) === 0) last += 1;
    return last;
  }
  return -1;
};

const ringerFrom: Reader = (reading, at) => {
  const name = ['chez', 'a', 'au', 'nom'].includes(wordAt(reading, at + 1)) ? at + 2 : at + 1;
  if (name >= reading.tokens.length || !/^[a-z]/.test(wordAt(reading, name))) return -1;
  return isNamed(reading, name) && gapBefore(reading, name) <= 3 ? name : -1;
};

const readerOf = (word: string): Reader | null => {
  if (isNumber(word)) return streetFrom;
  if (buildings.has(word)) return buildingFrom;
  if (doors.has(word)) return doorFrom;
  if (word === 'digicode' || word === 'code') return codeFrom;
  return ringers.has(word) ? ringerFrom : null;
};

/**
 * Postal addresses and what opens a door in the tokens of a folded text: "12 rue des Lilas", "bât B", "porte 4", "digicode 45B12", "interphone Martin".
 * `isCapital(at)` says whether the original has a capital at that folded index: a name, not a thing.
 */
export const addressesIn = (tokens: readonly Token[], isCapital: (at: number) => boolean): Part[] => {
  const parts: Part[] = [];
  for (const [at, token] of tokens.entries()) {
    const last = readerOf(token.word)?.({ tokens, isCapital }, at) ?? -1;
    if (last > at) parts.push({ kind: 'address', from: token.from, to: tokens.at(last)?.to ?? token.to });
  }
  return parts;
};
