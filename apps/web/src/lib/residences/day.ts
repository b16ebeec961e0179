import { getLocale } from '@palier/messages/runtime';

/** A day in words, `22 novembre 2026`, of a day or an instant in ISO 8601; the country's own day, in the page's language. */
export const dayInWords = (at: string): string =>
  new Intl.DateTimeFormat(getLocale() === 'en' ? 'en-GB' : 'fr-FR', {
    dateStyle: 'long',
    timeZone: 'Europe/Paris',
  }).format(new Date(at));
