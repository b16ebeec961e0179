import type { Slot } from '../accounts/slot.ts';
import { isInAudience, type StoredPost, type Viewer } from '../places/disclose.ts';
import { timeZoneOfCommune } from '../places/time-zone.ts';
import { stems } from '../posts/language/stems.ts';
import { type Ring, ringOf } from './rings.ts';
import type { Giver, Wanted } from './score.ts';
import { slotsOf } from './slots.ts';

/** What is worked out of a post once, however many others it is held against; forgotten with the post. */
const onceOf = <Value>(work: (post: StoredPost) => Value): ((post: StoredPost) => Value) => {
  const known = new WeakMap<StoredPost, { value: Value }>();
  return (post) => {
    const kept = known.get(post) ?? { value: work(post) };
    known.set(post, kept);
    return kept.value;
  };
};

/** The words of a post, as stems. */
const wordsOf = onceOf(({ title, details }): ReadonlySet<string> => new Set(stems(`${title} ${details}`)));

/** Whether a post is urgent at this instant. */
export const isUrgentAt = (post: StoredPost, now: Date): boolean => post.urgentUntil !== null && post.urgentUntil > now;

/** The half-days that a post's window touches on its own commune's clocks. */
const slotsOfPost = onceOf(({ windowFrom, windowTo, commune }) =>
  slotsOf(windowFrom && windowTo ? { from: windowFrom, to: windowTo } : null, timeZoneOfCommune(commune)),
);

/** A request as what is wanted; `language` is the one its author speaks first. */
export const wantedOf = (request: StoredPost, language: string, now: Date): Wanted => ({
  category: request.category,
  get words() {
    return wordsOf(request); // only when someone has words to compare
  },
  slots: slotsOfPost(request),
  isUrgent: isUrgentAt(request, now),
  language,
});

/** An offer as who gives. */
export const giverOfOffer = (
  offer: StoredPost,
  ring: Ring,
  languages: readonly string[],
  favoursTogether: number,
): Giver => ({
  categories: [offer.category],
  words: wordsOf(offer),
  slots: slotsOfPost(offer),
  languages,
  ring,
  favoursTogether,
  askedLately: 0,
});

/** What a resident said of how they can help. */
export type Helper = {
  skills: Giver['categories'];
  availability: readonly Slot[];
  languages: readonly string[];
  favoursTogether: number;
  askedLately: number;
};

/** A resident as who gives. */
export const giverOfHelper = (helper: Helper, ring: Ring): Giver => ({
  categories: helper.skills,
  words: null,
  slots: helper.availability.length > 0 ? new Set(helper.availability) : null,
  languages: helper.languages,
  ring,
  favoursTogether: helper.favoursTogether,
  askedLately: helper.askedLately,
});

/** Where a post's author reads from, as the post has it. */
const viewerOfAuthor = ({ authorId, residenceId, stairId, cell, commune }: StoredPost): Viewer => ({
  residentId: authorId,
  residenceId,
  stairId,
  cell,
  commune,
});

/** Whether the author of a post may see another one: its audience holds them. */
export const mayReadOther = (own: StoredPost, other: StoredPost): boolean => isInAudience(other, viewerOfAuthor(own));

/** How near two posts are, if the author of either may see the other; null when neither may. */
export const ringBetween = (one: StoredPost, other: StoredPost): Ring | null =>
  ringOf(other, viewerOfAuthor(one)) ?? ringOf(one, viewerOfAuthor(other));
