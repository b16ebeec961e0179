import type { Locale } from '@palier/domain/accounts';
import type { NotificationKind } from '@palier/domain/notifications';
import { m } from '@palier/messages';
import type { ToldFavour } from './favours-told.queries.ts';

/** What of a favour goes into words. */
export type SpokenFavour = Pick<
  ToldFavour,
  'title' | 'state' | 'side' | 'isAuthor' | 'isThanked' | 'isExcused' | 'other'
>;

type Said = (inputs: { name: string; title: string }, options: { locale: Locale }) => string;

const sayings = {
  reminder: [m.notices_reminder_title, m.notices_reminder_text],
  act: [m.notices_act_title, m.notices_act_of],
  standby: [m.notices_standby_title, m.notices_standby_text],
  accepted: [m.notices_accepted_title, m.notices_accepted_text],
  promoted: [m.notices_promoted_title, m.notices_promoted_text],
  withdrawn: [m.notices_withdrawn_title, m.notices_withdrawn_text],
  declined: [m.notices_declined_title, m.notices_declined_text],
  released: [m.notices_released_title, m.notices_released_text],
  ended: [m.notices_ended_title, m.notices_ended_text],
  helped: [m.notices_helped_title, m.notices_helped_text],
  received: [m.notices_received_title, m.notices_received_text],
  thanked: [m.notices_thanked_title, m.notices_thanked_text],
  missed: [m.notices_missed_title, m.notices_missed_text],
  excused: [m.notices_excused_title, m.notices_excused_text],
} satisfies Record<string, [Said, Said]>;

/** What became of a favour, as one of its sides reads it. */
const sayingOf = (kind: NotificationKind, favour: SpokenFavour): keyof typeof sayings => {
  const { state, side, isAuthor, isThanked, isExcused } = favour;
  if (kind === 'act') return 'act';
  if (kind === 'reminder' && state === 'accepted') return 'reminder';
  switch (state) {
    case 'accepted':
      return isAuthor ? 'accepted' : 'promoted';
    case 'withdrawn':
      return isAuthor ? 'withdrawn' : 'ended';
    case 'declined':
      return isAuthor ? 'ended' : 'declined';
    case 'released':
      return isAuthor ? 'ended' : 'released';
    case 'done':
      return side === 'beneficiary' ? 'received' : isThanked ? 'thanked' : 'helped';
    case 'no-show':
      return isExcused ? 'excused' : 'missed';
    case 'standby':
      return isAuthor ? 'standby' : 'ended';
  }
};

/** What became of a favour in words, as it is now. */
export const favourInWords = (
  kind: NotificationKind,
  favour: SpokenFavour,
  locale: Locale,
): { title: string; text: string } => {
  const [title, text] = sayings[sayingOf(kind, favour)];
  const inputs = { title: favour.title, name: favour.other ?? m.notices_a_neighbour({}, { locale }) };
  return { title: title(inputs, { locale }), text: text(inputs, { locale }) };
};
