import { KitPart, KitSlug, kitEmergencyNumbers, sourcesBehind } from '@palier/domain/kits';
import { screenPost } from '@palier/domain/posts';
import { detectEmergency, detectPayment, findContacts } from '@palier/domain/posts/language';
import { describe, expect, test } from 'vitest';
import { findKit, listKits } from './index.ts';
import { readKit } from './read-kit.ts';

const both = KitSlug.options.map((slug) => [slug, findKit(slug, 'fr'), findKit(slug, 'en')] as const);
type Both = (typeof both)[number][1];
const textsOf = (kit: Both): string[] => [
  kit.title,
  kit.summary,
  ...kit.before,
  ...kit.during,
  ...kit.after,
  kit.poster.title,
  kit.poster.lead,
  ...kit.poster.lines,
  kit.slip.title,
  ...kit.slip.lines,
  ...(kit.slip.fields ?? []),
  kit.turns.lead,
  ...kit.turns.lines,
  ...kit.checklist,
  ...[...kit.tasks, ...(kit.round ? [kit.round] : [])].flatMap(({ title, details }) => [title, details]),
  ...kit.sources.flatMap(({ facts }) => facts),
];

test('there are nine kits, each in French and in English', () => {
  expect(KitSlug.options).toHaveLength(9);
  for (const locale of ['fr', 'en'] as const)
    expect(listKits(locale).map((kit) => [kit.slug, kit.locale])).toEqual(
      KitSlug.options.map((slug) => [slug, locale]),
    );
});

test('the kits of a hazard that the watch is for have its round, and no other', () => {
  const hazards = both.flatMap(([slug, { round }]) => (round ? [[slug, round.hazard]] : []));
  expect(hazards).toEqual([
    ['heatwave', 'heat'],
    ['great-cold', 'cold'],
  ]);
});

describe.each(both)('%s', (_slug, fr, en) => {
  test('says as much in both languages, part by part', () => {
    const shape = (kit: Both) => ({
      before: kit.before.length,
      during: kit.during.length,
      after: kit.after.length,
      poster: kit.poster.lines.length,
      slip: [kit.slip.lines.length, kit.slip.fields?.length],
      turns: kit.turns.lines.length,
      checklist: kit.checklist.length,
      contacts: kit.contacts.map(({ number }) => number),
      sources: kit.sources.map(({ name, facts, ...source }) => [name.replace(/\s/g, ' '), source, facts.length]),
      tasks: kit.tasks.map(({ title: _title, details: _details, ...task }) => task),
      round: kit.round && [kit.round.id, kit.round.hazard],
      updatedOn: kit.updatedOn,
    });
    expect(shape(en)).toEqual(shape(fr));
    expect(new Set(fr.tasks.map(({ id }) => id)).size).toBe(fr.tasks.length);
  });

  test('gives the emergency numbers, and sends nobody to any other', () => {
    for (const kit of [fr, en]) {
      expect(kit.emergency).toEqual([...kitEmergencyNumbers]);
      const called = textsOf(kit).flatMap((text) =>
        [...text.matchAll(/(?:appelez le|puis le|call|then) (\d[\d ]*\d)/g)].map(([, number]) => number),
      );
      for (const number of called) expect(kitEmergencyNumbers).toContain(number);
      const phones = textsOf(kit).flatMap((text) => text.match(/\b0[ \u00A0]?\d{2,3}(?:[ \u00A0]\d{2}){3,}/g) ?? []);
      for (const phone of phones) expect(kit.contacts.map(({ number }) => number)).toContain(phone);
    }
  });

  test('names the source of its facts, the emergency numbers’ among them', () => {
    for (const kit of [fr, en]) {
      expect(kit.sources.some(({ facts }) => facts.some((fact) => /15.*18.*112.*114/.test(fact)))).toBe(true);
      for (const { name, url, read } of kit.sources) {
        expect(name).toMatch(/\p{L}{3,}/u);
        expect(new URL(url).protocol).toBe('https:');
        expect(read).toMatch(/^20\d\d-\d\d$/);
      }
    }
  });

  test('a part that says to call, to cut or to close, what to breathe or to drink, has a source', () => {
    const safety = /\b(appelez|coupez|aérez|buvez|boire|monoxyde|vigilance|alcool)\b/i;
    for (const part of KitPart.options) {
      const isAboutSafety = fr[part].some((line) => safety.test(line));
      if (isAboutSafety) expect([part, sourcesBehind(part, fr.sources)]).not.toEqual([part, []]);
    }
  });

  test('says no word of the other language and sets its spaces', () => {
    const french = /(^|\s)(vous|votre|avec|pour|une|les|dans)(\s|$)/i;
    const english = /(^|\s)(the|and|your|with|you|neighbours?)(\s|$)/i;
    for (const text of textsOf(en))
      expect([text, french.test(text.replace('L’été des voisins', ''))]).toEqual([text, false]);
    for (const text of textsOf(fr)) {
      expect([text, english.test(text)]).toEqual([text, false]);
      expect([text, / [;:!?]|'/.test(text)]).toEqual([text, false]);
    }
  });

  test('its tasks are posts that screening lets pass', () => {
    const detectors = { emergency: detectEmergency, payment: detectPayment, contacts: findContacts, harm: () => [] };
    for (const { title, details } of [...fr.tasks, ...en.tasks])
      expect([title, screenPost({ title, details }, false, detectors).outcome]).toEqual([title, 'passed']);
  });
});

describe('a file that is not whole is named with what is wrong', () => {
  const whole = `---\nslug: flood\nlocale: en\n---\n`;
  test.each([
    ['no front matter', 'en/flood.md', '# Flood'],
    ['its slug or its locale differs', 'en/fire.md', whole],
    ['its sections are', 'en/flood.md', `${whole}## Before\n- one\n`],
    ['no locale', 'en/flood.md', '---\nslug: flood\n---\n'],
  ])('%s', (fault, name, file) => {
    expect(() => readKit(file, name)).toThrow(`${name}: ${fault}`);
  });

  test('a missing title is said by its name', () => {
    const body = ['Before', 'During', 'After', 'Poster', 'Note', 'Turns', 'Checklist'].map((one) => `## ${one}\n`);
    expect(() => readKit(whole + body.join(''), 'en/flood.md')).toThrow(/^en\/flood\.md: .*title: /);
  });
});
