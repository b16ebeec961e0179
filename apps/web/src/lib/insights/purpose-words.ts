import type { TownMessage, TownPurpose } from '@palier/domain/insights';
import { m } from '@palier/messages';
import { getLocale } from '@palier/messages/runtime';
import { withFirst } from '#lib/ui/first-of-month.ts';

export const purposeWords = {
  heat: m.town_purpose_heat,
  cold: m.town_purpose_cold,
  risk: m.town_purpose_risk,
  cut: m.town_purpose_cut,
  works: m.town_purpose_works,
  health: m.town_purpose_health,
  service: m.town_purpose_service,
  gathering: m.town_purpose_gathering,
  volunteers: m.town_purpose_volunteers,
} satisfies Record<TownPurpose, () => string>;

/** To whom a message was written. */
export const zoneWords = ({ quarter }: Pick<TownMessage, 'quarter'>): string =>
  quarter === null ? m.town_zone_all() : m.town_zone_quarter({ number: quarter });

/** The day of an instant, and the month of `2027-04`, in words. */
export const dateWords = (at: string): string => {
  const format = new Intl.DateTimeFormat(getLocale() === 'en' ? 'en-GB' : 'fr-FR', {
    ...(at.length > 7 ? { day: 'numeric', month: 'long', year: 'numeric' } : { month: 'long', year: 'numeric' }),
    timeZone: 'Europe/Paris',
  });
  return withFirst(format.format(new Date(at.length > 7 ? at : `${at}-15T12:00:00Z`)), getLocale());
};
