/** Folded text, and for each of its UTF-16 units the index in the original it came from; one extra entry holds the original's length. */
export type Folded = { text: string; origin: Uint32Array };

const foldedMarks = /[\u0300-\u036f\u200b-\u200d\u2060\ufeff\u00ad]/g;
const special: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  '’': "'",
  '‘': "'",
  ʼ: "'",
  '‐': '-',
  '‑': '-',
  '–': '-',
  '—': '-',
};

const foldCharacter = (character: string): string => {
  if (character < '\u0080') return character.toLowerCase();
  const plain = character.normalize('NFKD').toLowerCase().normalize('NFKD').replace(foldedMarks, '');
  return plain.replace(/[œæ’‘ʼ‐‑–—]/g, (letter) => special[letter] ?? letter);
};

/**
 * Folds French as people type it: lower case, no accents, `œ` → `oe`, straight apostrophes and hyphens, full-width and styled letters and digits to
 * plain ones, invisible characters dropped. Linear in the length; `origin[i]` is the index in `text` of the i-th folded unit.
 */
export const foldWithOrigin = (text: string): Folded => {
  const parts: string[] = [];
  const origins: number[] = [];
  let index = 0;
  for (const character of text) {
    const folded = foldCharacter(character);
    parts.push(folded);
    for (let unit = 0; unit < folded.length; unit += 1) origins.push(index);
    index += character.length;
  }
  origins.push(text.length);
  return { text: parts.join(''), origin: Uint32Array.from(origins) };
};

/** The folded text alone, see `foldWithOrigin`. */
export const fold = (text: string): string => foldWithOrigin(text).text;
