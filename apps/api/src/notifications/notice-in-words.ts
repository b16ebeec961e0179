import type { Locale } from '@palier/domain/accounts';
import type { NotificationKind } from '@palier/domain/notifications';
import type { PostState } from '@palier/domain/posts';
import { m } from '@palier/messages';

type Words = { title: string; text: string };
type Titled = (inputs: { title: string }, options: { locale: Locale }) => string;
type Plain = (inputs: object, options: { locale: Locale }) => string;

const told = {
  ask: [m.notices_ask_title, m.notices_ask_text],
  interest: [m.notices_interest_title, m.notices_interest_text],
  taken: [m.notices_taken_title, m.notices_taken_text],
  mine: [m.notices_mine_title, m.notices_mine_text],
  over: [m.notices_over_title, m.notices_over_text],
  needed: [m.notices_needed_title, m.notices_needed_text],
  answered: [m.notices_needed_over_title, m.notices_needed_over_text],
  expired: [m.notices_expired_title, m.notices_expired_text],
} satisfies Record<string, [Plain, Titled]>;

/** What became of a post, as someone who was told of it reads it. */
const turnOf = (kind: NotificationKind, state: PostState, hasAnswered: boolean): keyof typeof told => {
  if (kind === 'expired') return 'expired';
  if (kind === 'still-needed') return state === 'open' ? 'needed' : 'answered';
  if (hasAnswered) return 'mine';
  if (state === 'open') return kind;
  return state === 'filled' || state === 'done' ? 'taken' : 'over';
};

/** A notification in words, as things are now: whoever comes too late reads kindly that it is taken. `post` is null when it is no longer theirs to see. */
export const noticeInWords = (
  kind: NotificationKind,
  post: { title: string; state: PostState } | null,
  hasAnswered: boolean,
  locale: Locale,
): Words => {
  if (!post) return { title: m.notices_hidden_title({}, { locale }), text: m.notices_hidden_text({}, { locale }) };
  const [title, text] = told[turnOf(kind, post.state, hasAnswered)];
  return { title: title({}, { locale }), text: text({ title: post.title }, { locale }) };
};
