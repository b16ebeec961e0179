/** One way to be reached found in a folded text: units `from` to `to` (exclusive). */
export type Part = { kind: 'phone' | 'email' | 'address' | 'link'; from: number; to: number };

/** A run of letters or of digits, and where it stands. */
export type Token = { word: string; from: number; to: number };

/** Splits a folded text into runs of letters or digits. */
export const tokensOf = (folded: string): Token[] =>
  [...folded.matchAll(/[a-z]+|\d+/g)].map((match) => ({
    word: match[0],
    from: match.index,
    to: match.index + match[0].length,
  }));

const french = /^0[1-9]\d{8}$/;
const frenchAbroad = /^(?:00)?(?:33|262|508|590|594|596|687|689)0?[1-9]\d{5,8}$/;
const foreign = /^(?:00)?[1-9]\d{8,13}$/;

/** A run of digits and separators is a phone number when it holds ten digits from 01 to 09, or an international number behind `+` or `00`. */
const isPhone = (run: string): boolean => {
  const digits = run.replace(/\D/g, '');
  if (/\d\/\d\d\/\d{4}/.test(run) && digits.length === 8) return false;
  if (run.startsWith('+') || digits.startsWith('00')) return frenchAbroad.test(digits) || foreign.test(digits);
  return french.test(digits);
};

/** Numbers written in digits: "06 12…", "O6.12…", "+33 (0)6…", "0033…". */
export const phonesInDigits = (folded: string): Part[] => {
  const parts: Part[] = [];
  for (const match of folded.matchAll(/(?:\+|\(|\bo)?\d[\d .\-/()_]*/g)) {
    const run = match[0].replace(/[^\d)]+$/, '');
    if (run.length >= 9 && run.length <= 40 && isPhone(run.replace(/^o/, '0').replace(/^\(/, ''))) {
      parts.push({ kind: 'phone', from: match.index, to: match.index + run.length });
    }
  }
  return parts;
};

const units = 'un deux trois quatre cinq six sept huit neuf'.split(' ');
const spoken: ReadonlySet<string> = new Set(
  `${units.join(' ')} zero et dix onze douze treize quatorze quinze seize vingt vingts trente quarante cinquante soixante septante huitante nonante`.split(
    ' ',
  ),
);

/** Numbers that begin in words: "zéro six", then at least four more numbers in words or digits. */
export const phonesInWords = (tokens: readonly Token[]): Part[] => {
  const parts: Part[] = [];
  for (let at = 0; at + 1 < tokens.length; at += 1) {
    const first = tokens[at];
    if (first?.word !== 'zero' || !units.includes(tokens[at + 1]?.word ?? '')) continue;
    let end = at + 1;
    while (
      end + 1 < tokens.length &&
      (spoken.has(tokens[end + 1]?.word ?? '') || /^\d{1,2}$/.test(tokens[end + 1]?.word ?? ''))
    )
      end += 1;
    if (end - at >= 5) parts.push({ kind: 'phone', from: first.from, to: tokens[end]?.to ?? first.to });
    at = end;
  }
  return parts;
};

const mailHosts: ReadonlySet<string> = new Set(
  'gmail hotmail orange wanadoo free laposte sfr yahoo outlook live icloud protonmail proton bbox numericable neuf aol'.split(
    ' ',
  ),
);

/** E-mail addresses: "a.b@c.fr", "marie @ free . fr", "jean point dupont arobase gmail point com", "marie [at] wanadoo.fr". */
export const emails = (folded: string): Part[] => {
  const parts: Part[] = [];
  const spelled = folded
    .replace(/\[at\]|\(at\)/g, '   @')
    .replace(/\barobase\b|\barobaze\b/g, (word) => '@'.padEnd(word.length));
  for (const match of spelled.matchAll(/@/g)) {
    let from = match.index;
    while (from > 0 && match.index - from < 4 && spelled[from - 1] === ' ') from -= 1;
    const beforeName = from;
    while (from > 0 && match.index - from < 80 && /[a-z0-9._%+-]/.test(spelled[from - 1] ?? '')) from -= 1;
    const rest = spelled.slice(match.index + 1, match.index + 130);
    const host = /^ *[a-z0-9-]+/.exec(rest)?.[0] ?? '';
    const ending = /^(?: ?\. ?| point )[a-z0-9.-]{2,40}/.exec(rest.slice(host.length))?.[0] ?? '';
    if (from === beforeName || host === '' || (ending === '' && !mailHosts.has(host.trim()))) continue;
    parts.push({ kind: 'email', from, to: match.index + 1 + host.length + ending.length });
  }
  return parts;
};

const endings: ReadonlySet<string> = new Set(
  'fr com org net eu info io be ch app dev gouv link page site shop online'.split(' '),
);
const scheme = /^(?:https?:\/\/|www\.)./;
const shortLink = /^(?:wa|t|m|fb)\.me\//;

const isBareDomain = (chunk: string): boolean => {
  const host = chunk.replace(/[/?#:].*$/, '');
  const labels = host.split('.');
  return labels.length > 1 && labels.every((label) => /^[a-z0-9-]+$/.test(label)) && endings.has(labels.at(-1) ?? '');
};

/** Web links: with a scheme, with `www.`, or a bare domain of a common ending. */
export const links = (folded: string): Part[] => {
  const parts: Part[] = [];
  for (const match of folded.matchAll(/[^\s<>"'()]+/g)) {
    const chunk = match[0].replace(/[.,;:!?]{1,9}$/, '');
    if (scheme.test(chunk) || shortLink.test(chunk) || isBareDomain(chunk)) {
      parts.push({ kind: 'link', from: match.index, to: match.index + chunk.length });
    }
  }
  return parts;
};
