// Sets the French spaces and apostrophes of the whole catalogue in place: write plain spaces, then run this.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { frenchSpaces } from './src/typography.mjs';

const folder = new URL('./messages/fr/', import.meta.url);

/** @param {unknown} entry */
const set = (entry) => {
  if (typeof entry === 'string') return frenchSpaces(entry);
  if (!Array.isArray(entry)) return entry;
  return entry.map((form) => ({
    ...form,
    match: Object.fromEntries(Object.entries(form.match).map(([when, text]) => [when, frenchSpaces(String(text))])),
  }));
};

for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
  const file = new URL(name, folder);
  const before = readFileSync(file, 'utf8');
  const entries = Object.fromEntries(Object.entries(JSON.parse(before)).map(([key, entry]) => [key, set(entry)]));
  const after = `${JSON.stringify(entries, null, 2)}\n`;
  if (after !== before) writeFileSync(file, after);
}
