import type { Locale } from '@palier/domain/accounts';
import { chaseQuestion } from '@palier/domain/matching';
import type { NotificationKind } from '@palier/domain/notifications';
import type { StoredPost } from '@palier/domain/places';
import type { PostEnding, PostKind } from '@palier/domain/posts';
import { m } from '@palier/messages';
import { favourInWords, type SpokenFavour } from './favour-in-words.ts';

export type Words = { title: string; text: string };
type Titled = (inputs: { title: string }, options: { locale: Locale }) => string;
type Plain = (inputs: object, options: { locale: Locale }) => string;

const ofPost = {
  ask: [m.notices_ask_title, m.notices_ask_text],
  interest: [m.notices_interest_title, m.notices_interest_text],
  taken: [m.notices_taken_title, m.notices_taken_text],
  mine: [m.notices_mine_title, m.notices_mine_text],
  over: [m.notices_over_title, m.notices_over_text],
  needed: [m.notices_needed_title, m.notices_needed_text],
  places: [m.notices_places_title, m.notices_places_text],
  offered: [m.notices_offered_title, m.notices_offered_text],
  moved: [m.notices_needed_over_title, m.notices_needed_over_text],
  series: [m.notices_series_title, m.notices_series_text],
  act: [m.notices_act_title, m.notices_act_of],
} satisfies Record<string, [Plain, Titled]>;

const byItself = {
  message: [m.notices_message_title, m.notices_message_text],
  meeting: [m.notices_meeting_title, m.notices_meeting_text],
  decision: [m.notices_decision_title, m.notices_decision_text],
  case: [m.notices_case_title, m.notices_case_text],
  account: [m.notices_account_title, m.notices_account_text],
  watch: [m.notices_watch_title, m.notices_watch_text],
  town: [m.notices_town_title, m.notices_town_text],
} satisfies Partial<Record<NotificationKind, [Plain, Plain]>>;

/** How one's own post came to its end, of requests and of offers. */
const ofEnd: Readonly<Record<PostKind, Readonly<Record<PostEnding, readonly [Plain, Titled]>>>> = {
  request: {
    'no-answer': [m.notices_expired_title, m.notices_expired_text],
    'date-passed': [m.notices_expired_title, m.notices_expired_text],
    'not-examined': [m.notices_expired_title, m.notices_expired_unread],
    unsaid: [m.notices_expired_title, m.notices_expired_unsaid],
    call: [m.notices_expired_call_title, m.notices_expired_call],
  },
  offer: {
    'no-answer': [m.notices_expired_offer_title, m.notices_expired_offer],
    'date-passed': [m.notices_expired_offer_title, m.notices_expired_offer],
    'not-examined': [m.notices_expired_offer_title, m.notices_expired_unread],
    unsaid: [m.notices_expired_offer_title, m.notices_expired_unsaid],
    call: [m.notices_expired_offer_title, m.notices_expired_call],
  },
};
const endOf = (kind: PostKind, turn: string): readonly [Plain, Titled] => {
  const ends: Readonly<Record<string, readonly [Plain, Titled]>> = ofEnd[kind];
  return (Object.hasOwn(ends, turn) && ends[turn]) || ofEnd[kind]['no-answer'];
};

/** What changed of an account, where one word says it. */
const ofAccount: Readonly<Record<string, readonly [Plain, Plain]>> = {
  trust: [m.notices_trust_title, m.notices_trust_text],
  role: [m.notices_role_title, m.notices_role_text],
  'role-ended': [m.notices_role_ended_title, m.notices_role_ended_text],
  moved: [m.notices_moved_title, m.notices_moved_text],
  'offline-waits': [m.notices_offline_waits_title, m.notices_offline_waits_text],
  'offline-over': [m.notices_offline_over_title, m.notices_offline_over_text],
};

/** What of the watch, where one word says it. */
const ofWatch: Readonly<Record<string, readonly [Plain, Plain]>> = {
  weather: [m.notices_weather_title, m.notices_weather_text],
  campaign: [m.notices_campaign_title, m.notices_campaign_text],
  visit: [m.notices_visit_title, m.notices_visit_text],
  alarm: [m.notices_alarm_title, m.notices_alarm_text],
  'alarm-near': [m.notices_alarm_near_title, m.notices_alarm_near_text],
  reader: [m.notices_watch_reader_title, m.notices_watch_reader_text],
  slip: [m.notices_watch_slip_title, m.notices_watch_slip_text],
  lapse: [m.notices_watch_lapse_title, m.notices_watch_lapse_text],
  accepted: [m.notices_watch_accepted_title, m.notices_watch_accepted_text],
  'volunteer-ended': [m.notices_watch_volunteer_ended_title, m.notices_watch_volunteer_ended_text],
  seat: [m.notices_watch_seat_title, m.notices_watch_seat_text],
  volunteer: [m.notices_watch_volunteer_title, m.notices_watch_volunteer_text],
  'reader-role': [m.notices_watch_reader_role_title, m.notices_watch_reader_role_text],
  'reader-ended': [m.notices_watch_reader_ended_title, m.notices_watch_reader_ended_text],
  withdrawn: [m.notices_watch_withdrawn_title, m.notices_watch_withdrawn_text],
  announce: [m.notices_watch_announce_title, m.notices_watch_announce_text],
  announced: [m.notices_watch_announced_title, m.notices_watch_announced_text],
  off: [m.notices_watch_off_title, m.notices_watch_off_text],
  'lapse-paper': [m.notices_watch_lapse_paper_title, m.notices_watch_lapse_paper_text],
};
const turnsOf: Readonly<Partial<Record<NotificationKind, typeof ofAccount>>> = { account: ofAccount, watch: ofWatch };

const isByItself = (kind: NotificationKind): kind is keyof typeof byItself => Object.hasOwn(byItself, kind);

type SpokenPost = Pick<StoredPost, 'title' | 'state' | 'kind' | 'taken' | 'expiresAt'>;

/** Whether an author who was asked at `turn` whether a post still holds has not answered that it does: its end is where it was. */
export const isAsked = ({ expiresAt }: { expiresAt: Date }, turn: string): boolean => expiresAt.toISOString() === turn;

/** What became of a post, as someone who was told of it reads it. */
const turnOf = (kind: NotificationKind, post: SpokenPost, hasAnswered: boolean, turn: string): keyof typeof ofPost => {
  const { state } = post;
  if (kind === 'act' || kind === 'series') return kind;
  if (kind === 'still-needed') return (isAsked(post, turn) && chaseQuestion(post)) || 'moved';
  if (hasAnswered) return 'mine';
  if (state === 'open') return kind === 'interest' ? 'interest' : 'ask';
  return state === 'filled' || state === 'done' ? 'taken' : 'over';
};

/** What a notification speaks of, as its reader may see it now; null when it is none or no longer theirs to see. */
export type Spoken = {
  post: SpokenPost | null;
  hasAnswered: boolean;
  favour: SpokenFavour | null;
  turn?: string;
};

/** A notification in words, as things are now: whoever comes too late reads kindly that it is taken, and what is no longer theirs to see is not said. */
export const noticeInWords = (
  kind: NotificationKind,
  { post, hasAnswered, favour, turn = '' }: Spoken,
  locale: Locale,
): Words => {
  if (isByItself(kind)) {
    const turns = turnsOf[kind] ?? {};
    const [title, text] = (Object.hasOwn(turns, turn) && turns[turn]) || byItself[kind];
    return { title: title({}, { locale }), text: text({}, { locale }) };
  }
  if (favour) return favourInWords(kind, favour, locale);
  if (!post) return { title: m.notices_hidden_title({}, { locale }), text: m.notices_hidden_text({}, { locale }) };
  const [title, text] = kind === 'expired' ? endOf(post.kind, turn) : ofPost[turnOf(kind, post, hasAnswered, turn)];
  return { title: title({}, { locale }), text: text({ title: post.title }, { locale }) };
};
