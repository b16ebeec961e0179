import type { AppErrorCode } from '../errors.ts';
import type { ResidenceMode } from '../residences/modes.ts';

/** The detectors that screening asks (`@palier/domain/posts/language`), as arguments: whatever they do, also throw, screening answers. */
export type Detectors = {
  emergency: (text: string) => { kinds: readonly string[]; numbers: readonly string[] } | null;
  payment: (text: string) => { refused: boolean };
  contacts: (text: string) => readonly { kind: 'phone' | 'email' | 'address' | 'link' }[];
  harm: (text: string) => readonly { kind: 'insult' | 'sensitive' }[];
};

/** What screening found in words: a link, an insult, what tells of somebody's health, faith, opinions, origin or intimacy, words already posted, too many posts at once; or it could not look. */
export type Hold = 'link' | 'insult' | 'sensitive' | 'repeat' | 'burst' | 'unscreened';

/** What screening answers: a refusal with its code (and, for an emergency, whom to call), or a post that may be written with what would hold it back. */
export type Screening =
  | {
      outcome: 'refused';
      code: Extract<AppErrorCode, 'post.emergency' | 'post.payment' | 'post.contact'>;
      kinds: readonly string[];
      numbers: readonly string[];
    }
  | { outcome: 'passed'; holds: readonly Hold[] };

/** How long an account is recent, in ms: links it writes wait for a referent during its first week. */
export const recentMs = 7 * 86_400_000;

const refusal = (code: 'post.payment' | 'post.contact'): Screening => ({
  outcome: 'refused',
  code,
  kinds: [],
  numbers: [],
});

/**
 * Screens the public words of a post, in the order that matters to whoever wrote them: emergency first (unless its numbers were seen), then payment, then
 * ways to be reached; what is left is held, never refused. Codes: `post.emergency`, `post.payment`, `post.contact`. Fails closed: what cannot be screened is held.
 */
export const screenPost = (
  words: { title: string; details: string },
  isEmergencySeen: boolean,
  detect: Detectors,
): Screening => {
  try {
    const text = `${words.title}\n${words.details}`;
    const emergency = isEmergencySeen ? null : detect.emergency(text);
    if (emergency)
      return { outcome: 'refused', code: 'post.emergency', kinds: emergency.kinds, numbers: emergency.numbers };
    if (detect.payment(text).refused) return refusal('post.payment');
    const contacts = detect.contacts(text);
    if (contacts.some(({ kind }) => kind !== 'link')) return refusal('post.contact');
    const links = contacts.map(() => 'link' as const);
    return { outcome: 'passed', holds: [...new Set([...links, ...detect.harm(text).map(({ kind }) => kind)])] };
  } catch {
    return { outcome: 'passed', holds: ['unscreened'] };
  }
};

/** How a screened post begins: shown or waiting, and what a referent is told of it: `mode` where everything waits, else what was found; nothing when nobody need look. */
export type Beginning = { state: 'open' | 'held'; holds: readonly ('mode' | Hold)[] };

/** What waits even where a residence chose to let everything through: nobody looked at it, or a stranger's link. */
const alwaysHolds: ReadonlySet<Hold> = new Set(['unscreened', 'link']);

/**
 * The state in which a screened post begins. `moderated`: every post waits; `screened`: what screening found waits; `open`: it is shown and pointed at, but for
 * what could not be screened and strangers' links. A link counts while its author joined less than seven days ago, or at an unknown time.
 */
export const beginningOf = (
  found: readonly Hold[],
  author: { joinedAt: Date | null },
  mode: ResidenceMode,
  now: Date,
): Beginning => {
  const isRecent = author.joinedAt === null || now.getTime() - author.joinedAt.getTime() < recentMs;
  const holds = found.filter((hold) => hold !== 'link' || isRecent);
  if (mode === 'moderated') return { state: 'held', holds: ['mode', ...holds] };
  const isHeld = mode === 'open' ? holds.some((hold) => alwaysHolds.has(hold)) : holds.length > 0;
  return { state: isHeld ? 'held' : 'open', holds };
};

/** A post written lately in the same residence: who wrote it, when, and its words. */
export type LatelyWritten = { authorId: string; at: Date; text: string };

/** When words count as repeated, and posts as a burst: the third alike of one author, or alike ones of two others, in a day; the fourth of one author in ten minutes. */
export const repeating = {
  spanMs: 86_400_000,
  ownMax: 2,
  othersMax: 2,
  burstMs: 600_000,
  burstMax: 3,
  alike: 0.8,
} as const;

const wordsOf = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[a-z]{3,}|\d+/g) ?? [],
  );

/** How alike two texts are, 0 to 1: the share of their words that both hold (Jaccard), whatever the order, case and accents. */
export const likeness = (one: string, other: string): number => {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  const both = [...a].filter((word) => b.has(word)).length;
  const all = a.size + b.size - both;
  return all === 0 ? 0 : both / all;
};

/** Whether words were already posted, or their author posts many at once; `lately` holds the residence's posts of the last day. */
export const repeatsIn = (text: string, authorId: string, lately: readonly LatelyWritten[], now: Date): Hold[] => {
  const recent = lately.filter(({ at }) => now.getTime() - at.getTime() < repeating.spanMs);
  const alike = recent.filter((post) => likeness(post.text, text) >= repeating.alike);
  const own = alike.filter((post) => post.authorId === authorId).length;
  const others = new Set(alike.map((post) => post.authorId).filter((id) => id !== authorId)).size;
  const rapid = recent.filter(
    (post) => post.authorId === authorId && now.getTime() - post.at.getTime() < repeating.burstMs,
  ).length;
  return [
    ...(own >= repeating.ownMax || others >= repeating.othersMax ? (['repeat'] as const) : []),
    ...(rapid >= repeating.burstMax ? (['burst'] as const) : []),
  ];
};
