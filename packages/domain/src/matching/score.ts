import { z } from 'zod';
import type { Slot } from '../accounts/slot.ts';
import type { Category } from '../posts/categories.ts';
import { closeness } from './closeness.ts';
import { type Ring, rings } from './rings.ts';

/** Why a match was made, as codes; the catalogue turns each into a sentence. */
export const MatchReason = z.enum([
  'same-stair',
  'same-residence',
  'near',
  'same-category',
  'close-category',
  'same-words',
  'free-then',
  'urgent',
  'same-language',
  'helped-before',
]);
export type MatchReason = z.infer<typeof MatchReason>;

/**
 * What each part may add, of 1 in all. Nothing rewards popularity: favours received, answers or views count nowhere, and whoever was asked lately gives way.
 * The category leads because a wrong one wastes a neighbour's evening; nearness comes next because help that is at hand happens; words tell a leak from a shelf;
 * then whether they are free, whether they know each other, whether they share a language, and the haste of the post.
 */
export const weights = {
  category: 0.38,
  relation: 0.22,
  words: 0.2,
  availability: 0.08,
  helpedBefore: 0.05,
  language: 0.04,
  urgency: 0.03,
} as const;

/** The most that recent asks take away (fairness: spread the load), how many of this very moment reach it, and for how long an ask counts, in ms: seven days. */
export const fairness = { most: 0.12, asksForMost: 7, lastsMs: 7 * 86_400_000 } as const;

/**
 * How lately and how often someone was asked, from 0 up: each ask counts for what is left of its seven days, 1 now, half after three and a half days, nothing after a week. `agesMs`: how
 * long ago each ask was; one from the future (another clock) counts as of now.
 */
export const askLoad = (agesMs: readonly number[]): number =>
  agesMs.reduce((load, ageMs) => load + Math.min(1, Math.max(0, 1 - ageMs / fairness.lastsMs)), 0);

/** Below this nothing is a match worth telling of. */
export const matchFloor = 0.35;

/** One side of a match: what is asked for. `words` are stems of title and details. */
export type Wanted = {
  category: Category;
  words: ReadonlySet<string>;
  slots: ReadonlySet<Slot> | null;
  isUrgent: boolean;
  language: string;
};

/** The other side: an offer, or a resident who said what they can help with. */
export type Giver = {
  categories: readonly Category[];
  words: ReadonlySet<string> | null;
  slots: ReadonlySet<Slot> | null;
  languages: readonly string[];
  ring: Ring;
  /** Favours done between the two, either way. */
  favoursTogether: number;
  /** How lately and how often this person was told of a post, as `askLoad` counts; 0 for an offer. */
  askedLately: number;
};

export type Score = { score: number; reasons: readonly MatchReason[] };

/** What nearness is worth, from 1 on the same stair down by ring: strictly decreasing, so that nearer never scores less. */
const relationOf = (ring: Ring): number => {
  const worth: Readonly<Record<Ring, number>> = {
    stair: 1,
    residence: 0.85,
    'near-300': 0.65,
    'near-1000': 0.45,
    'near-2000': 0.25,
    commune: 0.1,
  };
  return worth[ring];
};

/** Share of words in common, from 0 to 1: shared stems against the shorter text, full from three in common; symmetric. */
export const overlap = (one: ReadonlySet<string>, other: ReadonlySet<string>): number => {
  const shorter = Math.min(one.size, other.size);
  if (shorter === 0) return 0;
  let shared = 0;
  for (const word of one) if (other.has(word)) shared++;
  return Math.min(1, shared / Math.min(3, shorter));
};

const meets = (one: ReadonlySet<Slot>, other: ReadonlySet<Slot>): boolean => {
  for (const slot of one) if (other.has(slot)) return true;
  return false;
};

/** Bounds a sum of parts and keeps six decimals, so that equal cases tie and order is stable whatever the order of addition. */
const bounded = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 1e6) / 1e6;

/**
 * How well a giver fits what is wanted, from 0 to 1, with the reasons as codes in the order of their weight.
 * Monotone in distance; nothing at all when no category is near and no word is shared. Not knowing when someone is free counts half.
 */
export const scoreMatch = (wanted: Wanted, giver: Giver): Score => {
  const near = Math.max(0, ...giver.categories.map((category) => closeness(wanted.category, category)));
  const words = giver.words ? overlap(wanted.words, giver.words) : 0;
  return near === 0 && words < 0.5 ? { score: 0, reasons: [] } : scoreOf(wanted, giver, { near, words });
};

/** How close to any category someone is taken to be who never said what they can help with: less than whoever said it, more than a stranger to it. */
export const unsaidCloseness = 0.4;

/** How much is left of the fit of a neighbour of one's own residence who said they help with quite other things. */
const otherwiseSkilled = 0.5;

/**
 * How well a resident fits an asking, from 0 (not to be told) to 1: as `scoreMatch`, but whoever never said what they can help with may be told too
 * (most never touch a setting), and inside one residence so may, last, those who help with other things.
 */
export const scoreAsk = (wanted: Wanted, giver: Giver): Score => {
  if (giver.categories.length === 0) return scoreOf(wanted, giver, { near: unsaidCloseness, words: 0 }, true);
  const match = scoreMatch(wanted, giver);
  if (match.score > 0 || (giver.ring !== 'stair' && giver.ring !== 'residence')) return match;
  const { score, reasons } = scoreOf(wanted, giver, { near: 0, words: 0 });
  return { score: bounded(score * otherwiseSkilled), reasons };
};

const scoreOf = (
  wanted: Wanted,
  giver: Giver,
  { near, words }: { near: number; words: number },
  isUnsaid = false,
): Score => {
  const isKnownFree = wanted.slots && giver.slots && giver.slots.size > 0 ? meets(wanted.slots, giver.slots) : null;
  const speaks = giver.languages.length === 0 || giver.languages.includes(wanted.language);
  const parts = {
    category: near,
    relation: relationOf(giver.ring),
    words: giver.words ? words : near,
    availability: isKnownFree === null ? 0.5 : isKnownFree ? 1 : 0,
    helpedBefore: Math.min(1, giver.favoursTogether / 3),
    language: speaks ? 1 : 0,
    urgency: wanted.isUrgent ? relationOf(giver.ring) : 0,
  };
  const sum = (Object.keys(weights) as (keyof typeof weights)[]).reduce(
    (total, part) => total + weights[part] * parts[part],
    0,
  );
  const tired = fairness.most * Math.min(1, giver.askedLately / fairness.asksForMost);
  const fit = words >= 0.5 ? 1 : Math.min(1, 0.5 + near);
  return {
    score: bounded((sum - tired) * fit),
    reasons: reasonsOf(giver, { near: isUnsaid ? 0 : near, words, isKnownFree, speaks, isUrgent: wanted.isUrgent }),
  };
};

type Facts = { near: number; words: number; isKnownFree: boolean | null; speaks: boolean; isUrgent: boolean };

const reasonsOf = (giver: Giver, facts: Facts): MatchReason[] => {
  const reasons: (MatchReason | false)[] = [
    giver.ring === 'stair' && 'same-stair',
    giver.ring === 'residence' && 'same-residence',
    facts.near === 1 && 'same-category',
    facts.words >= 0.5 && 'same-words',
    facts.near < 1 && facts.near >= 0.3 && 'close-category',
    giver.favoursTogether > 0 && 'helped-before',
    facts.isKnownFree === true && 'free-then',
    (giver.ring === 'near-300' || giver.ring === 'near-1000') && 'near',
    giver.languages.length > 1 && facts.speaks && 'same-language',
    facts.isUrgent && 'urgent',
  ];
  return reasons.filter((reason) => reason !== false);
};

/** Order of matches: the better first, then the nearer, then by id, so that it is total and the same everywhere. */
export const byScore = (
  one: { score: number; ring: Ring; id: string },
  other: { score: number; ring: Ring; id: string },
): number =>
  other.score - one.score ||
  rings.indexOf(one.ring) - rings.indexOf(other.ring) ||
  (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);
