import type { Me } from '@palier/domain/accounts';

export type Locale = 'fr' | 'en';

/** How a page is shown to this reader: its language, the size of its text, its colours. */
export interface Display {
  locale: Locale;
  text: 'normal' | 'large';
  theme: 'auto' | 'light' | 'dark';
}

export const displayCookies = { locale: 'palier_locale', text: 'palier_text', theme: 'palier_theme' } as const;

const isLocale = (value: string | undefined): value is Locale => value === 'fr' || value === 'en';

/** The better liked of French and English in an Accept-Language header (RFC 9110, 12.5.4), or null when it names neither. */
export const localeOfHeader = (header: string | null): Locale | null => {
  let best: { locale: Locale; weight: number } | null = null;
  for (const part of (header ?? '').slice(0, 500).split(',')) {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
    const locale = range.split('-')[0];
    if (!isLocale(locale)) continue;
    const quality = parameters.map((p) => p.trim()).find((p) => p.startsWith('q='));
    const weight = quality === undefined ? 1 : Number(quality.slice(2));
    if (weight > 0 && weight > (best?.weight ?? 0)) best = { locale, weight };
  }
  return best?.locale ?? null;
};

/**
 * How to show a page: the account's settings when signed in, then this browser's cookies, then its Accept-Language, then
 * French, normal text and the colours of the system.
 */
export const chooseDisplay = (
  me: Me | null,
  cookie: (name: string) => string | undefined,
  acceptLanguage: string | null,
): Display => {
  const kept = cookie(displayCookies.locale);
  const theme = cookie(displayCookies.theme);
  const text = cookie(displayCookies.text);
  return {
    locale: me?.account.locale ?? (isLocale(kept) ? kept : (localeOfHeader(acceptLanguage) ?? 'fr')),
    text: text === 'large' || (text === undefined && me?.account.largeText === true) ? 'large' : 'normal',
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
  };
};

/** What the page's root element says of a reader's display; what is not said is normal text in the colours of the system. */
export const attributesOf = ({ locale, text, theme }: Display): string =>
  [`lang="${locale}"`, text !== 'normal' && `data-text="${text}"`, theme !== 'auto' && `data-theme="${theme}"`]
    .filter(Boolean)
    .join(' ');
