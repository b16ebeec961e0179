import type { PostKind } from '@palier/domain/posts';
import { m } from '@palier/messages';

/** What the author of a post that still looks for somebody is asked, and the two answers. */
type ChaseWords = Readonly<Record<'title' | 'text' | 'yes' | 'no', () => string>>;

/** The same in the reader's language. */
export type ChaseSentences = Readonly<Record<keyof ChaseWords, string>>;

const needed: ChaseWords = {
  title: m.posts_need_title,
  text: m.posts_need_text,
  yes: m.posts_need_yes,
  no: m.posts_need_solved,
};
const places: ChaseWords = {
  title: m.posts_need_places_title,
  text: m.posts_need_places_text,
  yes: m.posts_need_places_yes,
  no: m.posts_need_places_no,
};
const offered: ChaseWords = {
  title: m.posts_need_offer_title,
  text: m.posts_need_offer_text,
  yes: m.posts_need_offer_yes,
  no: m.posts_need_offer_no,
};

const wordsOf = ({ kind, helpersTaken }: { kind: PostKind; helpersTaken: number }): ChaseWords => {
  if (kind === 'request') return helpersTaken > 0 ? places : needed;
  return helpersTaken > 0 ? { ...offered, no: m.posts_need_places_no } : offered;
};

/** Whether a request that nobody answered is still needed, the places left of a half-filled one still look for somebody, an offer is still offered. */
export const chaseSentences = (post: { kind: PostKind; helpersTaken: number }): ChaseSentences => {
  const { title, text, yes, no } = wordsOf(post);
  return { title: title(), text: text(), yes: yes(), no: no() };
};
