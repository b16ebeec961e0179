import type { Locale } from '@palier/domain/accounts';
import type { HallPost } from '@palier/domain/offline';
import { m } from '@palier/messages';

/** What sort of post it is, in one word, and whether it presses. */
export const boardKind = (post: HallPost, locale: Locale): string => {
  const kind = post.kind === 'request' ? m.posts_kind_request({}, { locale }) : m.posts_kind_offer({}, { locale });
  return post.urgent ? `${kind} · ${m.posts_urgent({}, { locale })}` : kind;
};

/** When a post is for, in the residence's own hours: the day and the hours of a window, or that no date was given. */
export const boardWhen = ({ kind, window }: HallPost, timeZone: string, locale: Locale): string => {
  if (!window)
    return kind === 'request' ? m.posts_when_free_request({}, { locale }) : m.posts_when_free_offer({}, { locale });
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone });
  const hour = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone });
  const [from, to] = [new Date(window.from), new Date(window.to)];
  return m.offline_board_when({ day: day.format(from), from: hour.format(from), to: hour.format(to) }, { locale });
};
