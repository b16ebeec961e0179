import type { Locale } from '@palier/domain/accounts';
import type { HallPost } from '@palier/domain/offline';
import { m } from '@palier/messages';

/** What sort of post it is, in one word, and whether it presses. */
export const boardKind = (post: HallPost, locale: Locale): string => {
  const kind = post.kind === 'request' ? m.posts_kind_request({}, { locale }) : m.posts_kind_offer({}, { locale });
  return post.urgent ? `${kind} · ${m.posts_urgent({}, { locale })}` : kind;
};

const placeOf = { fr: 'fr-FR', en: 'en-GB' } as const satisfies Record<Locale, string>;

/** An hour as it is written on paper: « 9 h », « 9 h 30 », “09:30”. */
const hourOf = (at: Date, timeZone: string, locale: Locale): string => {
  const shape = { hour: '2-digit', minute: '2-digit', timeZone } as const;
  const said = new Intl.DateTimeFormat(placeOf[locale], shape).format(at);
  if (locale === 'en') return said;
  const [hours = '', minutes = ''] = said.split(':');
  return `${Number(hours)}\u00a0h${minutes === '00' ? '' : `\u00a0${minutes}`}`;
};

/** When a post is for, in the residence's own hours: the day and the hours of a window, or that no date was given. */
export const boardWhen = (
  { kind, window }: Pick<HallPost, 'kind' | 'window'>,
  timeZone: string,
  locale: Locale,
): string => {
  if (!window)
    return kind === 'request' ? m.posts_when_free_request({}, { locale }) : m.posts_when_free_offer({}, { locale });
  const [from, to] = [new Date(window.from), new Date(window.to)];
  const shape = { weekday: 'long', day: 'numeric', month: 'long', timeZone } as const;
  const day = new Intl.DateTimeFormat(placeOf[locale], shape).format(from);
  const hours = { from: hourOf(from, timeZone, locale), to: hourOf(to, timeZone, locale) };
  return m.offline_board_when({ day, ...hours }, { locale });
};
