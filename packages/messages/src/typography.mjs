const thin = '\u202F';
const wide = '\u00A0';

/**
 * A French sentence with its spaces as printers set them (Imprimerie nationale): U+202F before ; ! ? and %, U+00A0 before :
 * and €, inside « », and between a number and its unit. Braces, addresses and hours written 18:30 are left alone.
 * @param {string} text
 * @returns {string}
 */
export const frenchSpaces = (text) =>
  text
    .replace(/(\S)[ \u00A0\u202F]+([;!?%])/g, `$1${thin}$2`)
    .replace(/([\p{L}\d»)}])([!?;])(?=[\s»)]|$)/gu, `$1${thin}$2`)
    .replace(/(\S)[ \u00A0\u202F]+([:€])/g, `$1${wide}$2`)
    .replace(/«[ \u00A0\u202F]*/g, `«${wide}`)
    .replace(/[ \u00A0\u202F]*»/g, `${wide}»`)
    .replace(/(\d)[ \u00A0\u202F]+(h|km|m|min|kg|minutes?|heures?|jours?|mois|ans?)(?!\p{L})/gu, `$1${wide}$2`)
    .replaceAll("'", '’');

const english = /\b(the|and|your|with|you|please|neighbou?rs?|help|email|password|request|offer|sign in|of)\b/i;
const french = /\b(vous|votre|vos|avec|les|des|une|pour|est|sont)\b/i;

/**
 * The first word of the other language in a sentence, or null. Names of variables and web addresses are not words.
 * @param {'fr' | 'en'} locale
 * @param {string} text
 */
export const foreignWord = (locale, text) => {
  const words = text.replace(/\{[^}]*\}|https?:\S+|“[^”]*”|«[^»]*»/g, '');
  return (locale === 'fr' ? english : french).exec(words)?.[0] ?? null;
};
