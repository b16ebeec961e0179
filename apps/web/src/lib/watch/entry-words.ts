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

/** The day of an instant, on a calendar of the zone (IANA). */
export const dayOf = (at: string, timeZone: string): string =>
  new Intl.DateTimeFormat(getLocale(), { dateStyle: 'long', timeZone }).format(new Date(at));
export const instantOf = (at: string, timeZone: string): string =>
  new Intl.DateTimeFormat(getLocale(), { dateStyle: 'long', timeStyle: 'short', timeZone }).format(new Date(at));

/** A date that was written as one (`2026-11-20`): the same wherever it is read. */
export const dateOf = (date: string): string => dayOf(date, 'UTC');

/** The last day of what ends at midnight after it, which is counted in UTC (`endOfDay`). */
export const lastDayOf = (endsAt: string): string => dateOf(new Date(Date.parse(endsAt) - 43_200_000).toISOString());

export const stateWords = ({ state, effectiveAt, endsAt }: ReaderLine, timeZone: string): string => {
  const until = m.veille_until({ date: lastDayOf(endsAt) });
  if (state === 'waiting') return `${m.veille_state_waiting()}, ${until}`;
  if (state === 'announced') return m.veille_state_announced({ date: instantOf(effectiveAt ?? endsAt, timeZone) });
  return `${m.veille_state_reading()}, ${until}`;
};

/** Who read, as what, what: one line of the list that the person sees. */
export const readingWords = ({ displayName, as, what }: ReadingLine): string =>
  [as === 'volunteer' ? `${displayName} (${m.veille_as_volunteer()})` : displayName, whatWords[what]()].join(', ');
