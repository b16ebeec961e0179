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

/**
 * Postal addresses and what opens a door in the tokens of a folded text: "12 rue des Lilas", "bât B", "porte 4", "digicode 45B12", "interphone Martin".
 * `isCapital(at)` says whether the original has a capital at that folded index: a name, not a thing.
 */
export const addressesIn = (tokens: readonly Token[], isCapital: (at: number) => boolean): Part[] => {
  const parts: Part[] = [];
  const push = (first: number, last: number) => {
    const [from, to] = [tokens[first]?.from, tokens[last]?.to];
    if (from !== undefined && to !== undefined) parts.push({ kind: 'address', from, to });
  };
  const word = (at: number) => tokens[at]?.word;
  const nameAfter = (at: number): number => {
    let end = at;
    while (end + 1 < tokens.length && end - at < 4 && links.has(word(end + 1) ?? '')) end += 1;
    const name = word(end + 1);
    return name === undefined || /^\d/.test(name) || noNames.has(name) ? -1 : end + 1;
  };
  for (const [at, token] of tokens.entries()) {
    const next = tokens[at + 1];
    if (isNumber(token.word)) {
      const road = suffixes.has(next?.word ?? '') ? at + 2 : at + 1;
      const kind = word(road) ?? '';
      const name = roads.has(kind) || perhapsRoads.has(kind) ? nameAfter(road) : -1;
      const near = road < tokens.length && (tokens[road]?.from ?? 0) - (tokens[road - 1]?.to ?? 0) <= 2;
      if (name > 0 && near && (!perhapsRoads.has(kind) || isCapital(tokens[name]?.from ?? 0))) push(at, name);
    } else if (buildings.has(token.word)) {
      const isLetter =
        next?.word.length === 1 &&
        next.word >= 'a' &&
        (isCapital(next.from) || token.word === 'bat') &&
        word(at + 2) !== 'l';
      if (isLetter || (isNumber(next?.word) && token.word !== 'tour')) push(at, at + 1);
    } else if (doors.has(token.word)) {
      const number = ['n', 'no', 'numero'].includes(next?.word ?? '') ? at + 2 : at + 1;
      if (isNumber(word(number)) && !afterDoor.has(word(number + 1) ?? '')) push(at, number);
    } else if (token.word === 'digicode' || token.word === 'code') {
      const most = token.word === 'digicode' ? 4 : 7;
      if (token.word === 'code' && (word(at + 1) === 'postal' || word(at + 1) === 'promo')) continue;
      for (let code = at + 1; code <= at + most && code < tokens.length; code += 1) {
        if (!isCode(tokens[code], tokens[code + 1])) continue;
        push(
          at,
          tokens[code + 1]?.from === tokens[code]?.to
            ? tokens[code + 2]?.from === tokens[code + 1]?.to
              ? code + 2
              : code + 1
            : code,
        );
        break;
      }
    } else if (ringers.has(token.word)) {
      const name = ['chez', 'a', 'au', 'nom'].includes(next?.word ?? '') ? at + 2 : at + 1;
      const named = tokens[name];
      if (
        named !== undefined &&
        /^[a-z]/.test(named.word) &&
        isCapital(named.from) &&
        named.from - (tokens[name - 1]?.to ?? 0) <= 3
      )
        push(at, name);
    }
  }
  return parts;
};
