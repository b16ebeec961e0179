import { Kit } from '@palier/domain/kits';
import { parse } from 'yaml';

/** The sections of a kit's text, in their order: what each is called in a file of each language. */
const headings = {
  fr: ['Avant', 'Pendant', 'Après', 'Affiche', 'Mot', 'Tours', 'À cocher'],
  en: ['Before', 'During', 'After', 'Poster', 'Note', 'Turns', 'Checklist'],
} as const;

type Section = { title: string; lead: string; items: string[] };

/** `### title`, a paragraph, `- items`: lines that continue one are joined to it. */
const readSection = (text: string): Section => {
  const section: Section = { title: '', lead: '', items: [] };
  for (const line of text.split('\n').map((one) => one.trimEnd())) {
    if (line === '') continue;
    const last = section.items.at(-1);
    if (line.startsWith('### ')) section.title = line.slice(4);
    else if (line.startsWith('- ')) section.items.push(line.slice(2));
    else if (last !== undefined) section.items.splice(-1, 1, `${last} ${line.trim()}`);
    else section.lead = `${section.lead} ${line.trim()}`.trim();
  }
  return section;
};

const readSections = (body: string, locale: keyof typeof headings, name: string): Section[] => {
  const [, ...parts] = body.split(/^## /m);
  const found = parts.map((part) => part.slice(0, part.indexOf('\n')).trim());
  if (found.join('|') !== headings[locale].join('|'))
    throw new Error(`${name}: its sections are ${found.join(', ')}, not ${headings[locale].join(', ')}`);
  return parts.map((part) => readSection(part.slice(part.indexOf('\n'))));
};

/** Reads a kit from a Markdown file with front matter; throws with the file's name and what is wrong with it. */
export const readKit = (file: string, name: string): Kit => {
  const [, front, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(file) ?? [];
  if (front === undefined || body === undefined) throw new Error(`${name}: no front matter`);
  const matter = parse(front) as Record<string, unknown>;
  if (matter['locale'] !== 'fr' && matter['locale'] !== 'en') throw new Error(`${name}: no locale`);
  if (name !== `${matter['locale']}/${matter['slug']}.md`) throw new Error(`${name}: its slug or its locale differs`);
  const [before, during, after, poster, slip, turns, checklist] = readSections(body, matter['locale'], name);
  const { slipFields: fields, ...rest } = matter;
  const parsed = Kit.safeParse({
    ...rest,
    before: before?.items,
    during: during?.items,
    after: after?.items,
    poster: { title: poster?.title, lead: poster?.lead, lines: poster?.items },
    slip: { title: slip?.title, lines: slip?.items, ...(fields !== undefined && { fields }) },
    turns: { lead: turns?.lead, lines: turns?.items },
    checklist: checklist?.items,
  });
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`${name}: ${wrong.join('; ')}`);
};
