import type { DayPart, ReaderLine, ReadingLine, WatchReadingKind } from '@palier/domain/watch';
import { m } from '@palier/messages';
import { getLocale } from '@palier/messages/runtime';

export const partWords: Readonly<Record<DayPart, () => string>> = {
  morning: m.veille_part_morning,
  midday: m.veille_part_midday,
  afternoon: m.veille_part_afternoon,
  evening: m.veille_part_evening,
};

const whatWords: Readonly<Record<WatchReadingKind, () => string>> = {
  list: m.veille_what_list,
  entry: m.veille_what_entry,
  check: m.veille_what_check,
  sheet: m.veille_what_sheet,
  contacts: m.veille_what_contacts,
  announcement: m.veille_what_announcement,
};

const formatOf = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(getLocale(), { timeZone: 'Europe/Paris', ...options });

export const dayOf = (at: string): string => formatOf({ dateStyle: 'long' }).format(new Date(at));
export const instantOf = (at: string): string =>
  formatOf({ dateStyle: 'long', timeStyle: 'short' }).format(new Date(at));

/** The last day of what ends at midnight after it. */
export const lastDayOf = (endsAt: string): string => dayOf(new Date(Date.parse(endsAt) - 43_200_000).toISOString());

export const stateWords = ({ state, effectiveAt, endsAt }: ReaderLine): string => {
  const until = m.veille_until({ date: lastDayOf(endsAt) });
  if (state === 'waiting') return `${m.veille_state_waiting()}, ${until}`;
  if (state === 'announced') return m.veille_state_announced({ date: instantOf(effectiveAt ?? endsAt) });
  return `${m.veille_state_reading()}, ${until}`;
};

/** Who read, as what, what: one line of the list that the person sees. */
export const readingWords = ({ displayName, as, what }: ReadingLine): string =>
  [as === 'volunteer' ? `${displayName} (${m.veille_as_volunteer()})` : displayName, whatWords[what]()].join(', ');
