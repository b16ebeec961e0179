/** A day as a person writes it, year included: what may not be taken for another. */
export const dayInWords = (day: Date, locale: 'fr' | 'en'): string =>
  day.toLocaleDateString(locale === 'fr' ? 'fr-FR' : 'en-GB', { dateStyle: 'long', timeZone: 'Europe/Paris' });
