import type { FavourView } from '@palier/domain/favours';
import { m } from '@palier/messages';

type Said = Pick<FavourView, 'state' | 'side' | 'iAmAuthor'> & {
  other: { displayName: string };
  post: { state: string };
};

/** Where a favour stands, as one says it: « Karim va vous aider », « Vous n’avez pas pu, finalement ». */
export const favourSentence = ({ state, side, iAmAuthor, other, post }: Said): string => {
  const name = { name: other.displayName };
  const isHelper = side === 'helper';
  if (state === 'accepted') {
    if (isHelper) return iAmAuthor ? m.favours_accepted_helper_author(name) : m.favours_accepted_helper(name);
    return iAmAuthor ? m.favours_accepted_beneficiary_author(name) : m.favours_accepted_beneficiary(name);
  }
  if (state === 'standby') return iAmAuthor ? m.favours_standby_theirs(name) : m.favours_standby_mine(name);
  if (state === 'done') return isHelper ? m.favours_done_helper(name) : m.favours_done_beneficiary(name);
  if (state === 'withdrawn') return iAmAuthor ? m.favours_withdrawn_theirs(name) : m.favours_withdrawn_mine();
  if (state === 'declined') return iAmAuthor ? m.favours_declined_mine(name) : m.favours_declined_theirs(name);
  if (state === 'no-show') return m.favours_no_show(name);
  // What ends by being done lets its back-up go: nothing went wrong.
  if (post.state === 'done') return iAmAuthor ? m.favours_not_needed_theirs(name) : m.favours_not_needed_mine();
  return iAmAuthor ? m.favours_released_mine() : m.favours_released_theirs();
};
