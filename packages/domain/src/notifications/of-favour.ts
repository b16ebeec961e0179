import type { FavourChange } from '../live/events.ts';
import type { NotificationKind } from './kinds.ts';

/** Who hears of a favour's turn: the post's author, whoever answered it, or one of the two sides. */
export type FavourListener = 'author' | 'answerer' | 'helper' | 'beneficiary';
export type FavourTelling = { to: FavourListener; kind: NotificationKind };

const tellings: Readonly<Record<FavourChange, readonly FavourTelling[]>> = {
  standby: [],
  accepted: [{ to: 'author', kind: 'answered' }],
  promoted: [
    { to: 'author', kind: 'answered' },
    { to: 'answerer', kind: 'outcome' },
  ],
  standing: [{ to: 'answerer', kind: 'outcome' }],
  renamed: [],
  withdrawn: [{ to: 'author', kind: 'outcome' }],
  'stood-down': [],
  declined: [{ to: 'answerer', kind: 'outcome' }],
  released: [{ to: 'answerer', kind: 'outcome' }],
  'released:helper': [{ to: 'beneficiary', kind: 'outcome' }],
  'released:beneficiary': [{ to: 'helper', kind: 'outcome' }],
  'done:helper': [{ to: 'beneficiary', kind: 'outcome' }],
  'done:beneficiary': [{ to: 'helper', kind: 'outcome' }],
  'no-show:helper': [{ to: 'beneficiary', kind: 'outcome' }],
  'no-show:beneficiary': [{ to: 'helper', kind: 'outcome' }],
  'excused:helper': [{ to: 'beneficiary', kind: 'outcome' }],
  'excused:beneficiary': [{ to: 'helper', kind: 'outcome' }],
  thanked: [{ to: 'helper', kind: 'outcome' }],
};

/** Who is told of a turn of a favour, and in which way: never whoever made it (product.md: whoever answered hears what became of it). Unknown turns tell nobody. */
export const tellingsOfFavour = (change: string): readonly FavourTelling[] =>
  Object.hasOwn(tellings, change) ? tellings[change as FavourChange] : [];
