import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditActions, DecisionKind } from '@palier/domain/moderation';
import { expect, test } from 'vitest';

const source = join(import.meta.dirname, '../../src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
);

/** The codes that a file writes as they stand: `action: 'post.edit'`, or in SQL, after the role that acts. */
const codesIn = (text: string): string[] => [
  ...[...text.matchAll(/\baction(?::| =) '([^']+)'/g)].map(([, code]) => code ?? ''),
  ...[...text.matchAll(/insert into audit [^;]*?'(?:operator|system)', '([a-z-]+\.[a-z-]+)'/g)].map(
    ([, code]) => code ?? '',
  ),
];

/** Codes that are put together: an answer to a case or a turn of its clock, an act on a favour. */
const composed: Readonly<Record<string, readonly string[]>> = {
  'case.': [...DecisionKind.options, 'remind', 'escalate', 'release', 'close', 'lapse'],
  'favour.': ['withdraw', 'decline', 'done', 'no-show', 'thank', 'excuse'],
};

const catalogueOf = (locale: 'fr' | 'en'): Record<string, string> =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, `../../../../packages/messages/messages/${locale}/journal.json`), 'utf8'),
  );

test('every code that the code writes to the log is in the list', () => {
  const literal = files.flatMap((name) => codesIn(readFileSync(join(source, name), 'utf8')));
  expect(literal).toContain('case.look');
  expect(literal).toContain('demo.load');
  const built = Object.entries(composed).flatMap(([start, ends]) => ends.map((end) => start + end));
  const known: readonly string[] = auditActions;
  expect([...new Set([...literal, ...built])].filter((code) => !known.includes(code))).toEqual([]);
});

test('no code is put together but where this test knows its parts', () => {
  const built = files.flatMap((name) =>
    [...readFileSync(join(source, name), 'utf8').matchAll(/\baction: `([^`$]*)\$/g)].map(([, start]) => start),
  );
  expect(new Set(built)).toEqual(new Set(Object.keys(composed)));
});

test('every code of the list has its own sentence in both catalogues, which is not the code', () => {
  for (const locale of ['fr', 'en'] as const) {
    const catalogue = catalogueOf(locale);
    const sentences = auditActions.map((code) => catalogue[`journal_${code.replace(/[.-]/g, '_')}`]);
    expect(
      auditActions.filter((code, n) => !sentences[n] || sentences[n]?.includes(code)),
      locale,
    ).toEqual([]);
    expect(new Set(sentences).size, locale).toBe(sentences.length);
  }
});
