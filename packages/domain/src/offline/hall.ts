import { type Category, mayHangInHall } from '../posts/categories.ts';
import { fold } from '../posts/language/fold.ts';
import type { Audience, PostKind } from '../posts/schemas.ts';
import { absencePhrases, frailtyPhrases } from './hall-phrases.ts';

type Hung = {
  kind: PostKind;
  category: Category;
  audience: Audience;
  title: string;
  details: string;
  window: { from: Date; to: Date } | null;
};

/** Why a post may not be shown in the hall, even ticked: what it is about, its audience, an absence, a frailty. */
export type HallRefusal = 'category' | 'audience' | 'absence' | 'frailty';

const dayMs = 86_400_000;
const longMs = 1.5 * dayMs;

/** A text folded to plain words with one space around each, so that a phrase is found whole. */
const spaced = (text: string): string =>
  ` ${fold(text)
    .split('')
    .map((letter) => ((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ? letter : ' '))
    .join('')
    .split(' ')
    .filter(Boolean)
    .join(' ')} `;

const says = (text: string, phrases: readonly string[]): boolean =>
  phrases.some((phrase) => text.includes(phrase.endsWith('*') ? ` ${phrase.slice(0, -1)}` : ` ${phrase} `));

/** An age told in years, from 70: two or three figures followed by the word. */
const tellsAge = (text: string): boolean => {
  const words = text.split(' ');
  return words.some(
    (word, n) => /^\d{2,3}$/.test(word) && Number(word) >= 70 && ['ans', 'years'].includes(words[n + 1] ?? ''),
  );
};

/**
 * Whether and why a post is not for the hall (product.md, Absence and frailty are not for the hall); null when it may be shown to whoever passes. The words are read with care:
 * what may tell of a home left empty or of a person who is ill, old or alone stays out, also when it tells nothing of the kind.
 */
export const hallRefusal = ({ kind, category, audience, title, details, window }: Hung): HallRefusal | null => {
  if (!mayHangInHall(category)) return 'category';
  if (audience === 'stair') return 'audience';
  const text = spaced(`${title} ${details}`);
  const isLong = window !== null && window.to.getTime() - window.from.getTime() > longMs;
  const isOfHome = category === 'pets' || category === 'garden';
  if (says(text, absencePhrases) || (kind === 'request' && isOfHome && isLong)) return 'absence';
  return says(text, frailtyPhrases) || tellsAge(text) ? 'frailty' : null;
};

/** When a post is for, as the hall may say it: a window of one day and a half at most, since a longer one may tell when nobody is home. */
export const hallWindow = (window: Hung['window']): Hung['window'] =>
  window && window.to.getTime() - window.from.getTime() <= longMs ? window : null;

/** The five figures that a neighbour tears off the board and tells the referent: made from the post's id, the same on every printing. */
export const boardNumber = (postId: string): string =>
  String((Number.parseInt(postId.replaceAll('-', '').slice(-10), 16) % 90_000) + 10_000);
