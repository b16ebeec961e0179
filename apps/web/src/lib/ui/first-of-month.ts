/** A date that begins with its day, as people say it: in French the first of a month is `1er`, which `Intl` does not write. */
export const withFirst = (date: string, locale: string): string =>
  locale === 'fr' ? date.replace(/^1(?=\s)/, '1er') : date;
