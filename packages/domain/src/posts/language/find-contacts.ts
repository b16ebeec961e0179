import { addressesIn } from './addresses.ts';
import { emails, links, type Part, phonesInDigits, phonesInWords, tokensOf } from './contact-parts.ts';
import { foldWithOrigin } from './fold.ts';

/** A way to be reached or a door, as `length` UTF-16 units from `index` in the original text. */
export type Contact = { kind: 'phone' | 'email' | 'address' | 'link'; index: number; length: number };

/**
 * Phone numbers, e-mail addresses, postal addresses (with doors and door codes) and links written in a text, in order and without overlap; an e-mail
 * wins over a link, a link over a phone, a phone over an address. For telling the author before posting that contacts are shared only once someone has
 * accepted (product.md, A request's life 5). Numbers: the French numbering plan (ten digits from 01 to 09; +33 and overseas codes) and E.164 behind `+` or `00`. 50,000
 * characters in ≤ 50 ms.
 */
export const findContacts = (text: string): Contact[] => {
  const folded = foldWithOrigin(text);
  const originOf = (at: number): number => folded.origin[Math.min(at, folded.text.length)] ?? text.length;
  const isCapital = (at: number): boolean => {
    const letter = text.charAt(originOf(at));
    return letter !== letter.toLowerCase();
  };
  const tokens = tokensOf(folded.text);
  const taken = new Uint8Array(folded.text.length);
  const kept: Part[] = [];
  for (const parts of [
    emails(folded.text),
    links(folded.text),
    phonesInDigits(folded.text),
    phonesInWords(tokens),
    addressesIn(tokens, isCapital),
  ]) {
    for (const part of parts) {
      if (taken.subarray(part.from, part.to).includes(1)) continue;
      taken.fill(1, part.from, part.to);
      kept.push(part);
    }
  }
  return kept
    .sort((a, b) => a.from - b.from)
    .map(({ kind, from, to }) => ({ kind, index: originOf(from), length: originOf(to) - originOf(from) }));
};
