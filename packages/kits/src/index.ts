import { readdirSync, readFileSync } from 'node:fs';
import type { Locale } from '@palier/domain/accounts';
import { type Kit, KitSlug } from '@palier/domain/kits';
import { readKit } from './read-kit.ts';

const folder = new URL('../content/', import.meta.url);
const locales = ['fr', 'en'] as const satisfies readonly Locale[];

const readAll = (): ReadonlyMap<string, Kit> => {
  const kits = new Map<string, Kit>();
  for (const locale of locales)
    for (const name of readdirSync(new URL(`${locale}/`, folder)).sort()) {
      const kit = readKit(readFileSync(new URL(`${locale}/${name}`, folder), 'utf8'), `${locale}/${name}`);
      kits.set(`${kit.locale}/${kit.slug}`, kit);
    }
  return kits;
};

let all: ReadonlyMap<string, Kit> | undefined;

/** A kit in a language; every kit exists in both. Throws with the file's name when a file is not whole. */
export const findKit = (slug: KitSlug, locale: Locale): Kit => {
  all ??= readAll();
  const kit = all.get(`${locale}/${slug}`);
  if (!kit) throw new Error(`kits: ${locale}/${slug}.md is missing`);
  return kit;
};

/** Every kit in a language, in the order of the domain's list. */
export const listKits = (locale: Locale): readonly Kit[] => KitSlug.options.map((slug) => findKit(slug, locale));
