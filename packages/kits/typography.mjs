// Sets the French spaces and the apostrophes of the kits in place: write plain ones, then run this.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { frenchSpaces } from '@palier/messages/typography';

for (const [locale, set] of /** @type {const} */ ([
  ['fr', frenchSpaces],
  ['en', (/** @type {string} */ text) => text.replaceAll("'", '’')],
])) {
  const folder = new URL(`./content/${locale}/`, import.meta.url);
  for (const name of readdirSync(folder)) {
    const file = new URL(name, folder);
    writeFileSync(file, set(readFileSync(file, 'utf8')));
  }
}
