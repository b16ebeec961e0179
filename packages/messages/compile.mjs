// Compiles the catalogue into compiled/. Exits 1, naming what is wrong, rather than leave a sentence out: Paraglide itself
// prints a warning and succeeds with an empty catalogue when its plugin cannot be loaded.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from '@inlang/paraglide-js';
import { catalogueFaults, countKeys } from './src/catalogue.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const outdir = join(here, 'compiled');
const stop = (/** @type {string[]} */ faults) => {
  for (const fault of faults) console.error(`messages: ${fault}`);
  process.exit(1);
};

const faults = catalogueFaults();
if (faults.length > 0) stop(faults);

/**
 * @param {string} folder
 * @param {'locale-modules' | 'message-modules'} outputStructure
 * @returns {Promise<number>} how many messages there are
 */
const compileTo = async (folder, outputStructure) => {
  await compile({
    project: './project.inlang',
    outdir: folder,
    outputStructure,
    strategy: ['baseLocale'],
    emitTsDeclarations: outputStructure === 'locale-modules',
    emitReadme: false,
  });

  // A plural costs 12 µs as written, because Intl.PluralRules is built at each call: keep one per locale.
  const registry = join(folder, 'registry.js');
  const slow = 'return new Intl.PluralRules(locale, options).select(Number(input))';
  const source = readFileSync(registry, 'utf8');
  if (!source.includes(slow)) stop(['registry.js has changed shape: the rewrite of plural() no longer applies']);
  const kept = `const key = options ? locale + JSON.stringify(options) : locale;
	let rules = pluralRules.get(key);
	if (!rules) pluralRules.set(key, (rules = new Intl.PluralRules(locale, options)));
	return rules.select(Number(input))`;
  const map = '/** @type {Map<string, Intl.PluralRules>} */\nconst pluralRules = new Map();\n';
  writeFileSync(registry, map + source.replace(slow, kept));

  const compiled = Object.keys(await import(join(folder, 'messages.js'))).filter((name) => name !== 'm').length;
  const expected = countKeys();
  if (compiled !== expected) stop([`${compiled} messages were compiled from ${expected} keys`]);
  return compiled;
};

process.chdir(here); // the plugin's path in the settings is relative to the package
const fresh = mkdtempSync(join(here, 'node_modules', '.compiled-'));
try {
  const compiled = await compileTo(fresh, 'locale-modules');
  // For browsers: a module for each message, so that a page loads the sentences it says and no others.
  await compileTo(join(fresh, 'split'), 'message-modules');

  // File by file, so that a server or a test that reads compiled/ meanwhile never meets a missing one.
  const written = new Set();
  for (const entry of readdirSync(fresh, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const from = join(entry.parentPath, entry.name);
    const to = join(outdir, from.slice(fresh.length));
    written.add(to);
    if (existsSync(to) && readFileSync(to, 'utf8') === readFileSync(from, 'utf8')) continue;
    mkdirSync(dirname(to), { recursive: true });
    renameSync(from, to);
  }
  for (const entry of readdirSync(outdir, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && !written.has(file)) rmSync(file);
  }
  console.log(`messages: ${compiled} in 2 languages`);
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
