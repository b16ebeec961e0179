import type { Locale } from '@palier/domain/accounts';
import type { FastifyRequest } from 'fastify';

/** The language to answer in: the account's, else the cookie's, else the first of Accept-Language that we speak, else French. */
export const localeOf = (request: FastifyRequest): Locale => {
  if (request.signedIn) return request.signedIn.locale;
  const chosen = request.cookies?.['palier_locale'];
  if (chosen === 'fr' || chosen === 'en') return chosen;
  for (const part of (request.headers['accept-language'] ?? '').slice(0, 200).split(',')) {
    const language = part.trim().slice(0, 2).toLowerCase();
    if (language === 'fr' || language === 'en') return language;
  }
  return 'fr';
};
