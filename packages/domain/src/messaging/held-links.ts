import { findContacts } from '../posts/language/index.ts';

const dayMs = 86_400_000;

/** How old an account is whose links are shown at once, in ms: 7 days. */
export const linksHeldMs = 7 * dayMs;

const linksOf = (text: string) => findContacts(text).filter(({ kind }) => kind === 'link');

/** Whether a message's links are kept from the other side until they choose to see them: its author's account is under 7 days old. */
export const holdsLink = (text: string, accountCreatedAt: Date, now: Date): boolean =>
  now.getTime() - accountCreatedAt.getTime() < linksHeldMs && linksOf(text).length > 0;

/** A text with `instead` where each of its links was. */
export const withoutLinks = (text: string, instead: string): string =>
  linksOf(text).reduceRight(
    (shown, { index, length }) => shown.slice(0, index) + instead + shown.slice(index + length),
    text,
  );
