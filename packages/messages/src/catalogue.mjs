// Plain JavaScript: compile.mjs runs it before anything is built, under whichever Node installs the project.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../messages/', import.meta.url);

export const locales = /** @type {const} */ (['fr', 'en']);

/**
 * The catalogue of one locale as it is written: file name → key → sentence or plural forms. Throws when a file is not JSON.
 * @param {'fr' | 'en'} locale
 * @returns {Record<string, Record<string, unknown>>}
 */
export const readCatalogue = (locale) => {
  const folder = new URL(`${locale}/`, root);
  const files = readdirSync(fileURLToPath(folder)).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(
    files.map((name) => {
      const entries = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
      delete entries.$schema;
      return [name, entries];
    }),
  );
};

/**
 * Everything wrong with the catalogue's shape, one sentence each: a file in one language only or not listed in the
 * settings, a key in one language only, a key in two files, a key that is no importable name. Empty when all is well.
 * @returns {string[]}
 */
export const catalogueFaults = () => {
  const settings = JSON.parse(readFileSync(new URL('../project.inlang/settings.json', import.meta.url), 'utf8'));
  const patterns = settings['plugin.inlang.messageFormat'].pathPattern.map((/** @type {string} */ p) =>
    p.split('/').pop(),
  );
  const [fr, en] = locales.map(readCatalogue);
  const faults = [];
  const seen = new Map();
  for (const name of new Set([...Object.keys(fr), ...Object.keys(en), ...patterns])) {
    if (!fr[name] || !en[name]) faults.push(`${name} is missing in ${fr[name] ? 'en' : 'fr'}`);
    if (!patterns.includes(name)) faults.push(`${name} is not listed in project.inlang/settings.json`);
    const keys = new Set([...Object.keys(fr[name] ?? {}), ...Object.keys(en[name] ?? {})]);
    for (const key of keys) {
      if (!(key in (fr[name] ?? {}))) faults.push(`${key} (${name}) is missing in fr`);
      if (!(key in (en[name] ?? {}))) faults.push(`${key} (${name}) is missing in en`);
      if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(key))
        faults.push(`${key} (${name}) is not lower case words joined by _`);
      if (seen.has(key)) faults.push(`${key} is in ${seen.get(key)} and in ${name}`);
      seen.set(key, name);
    }
  }
  return faults;
};

/** @returns {number} how many distinct keys the French catalogue holds */
export const countKeys = () =>
  Object.values(readCatalogue('fr')).reduce((sum, entries) => sum + Object.keys(entries).length, 0);
