import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compile } from 'svelte/compiler';
import { expect, test } from 'vitest';
import { drawIcon } from './static-icons.ts';

const lucide = dirname(createRequire(import.meta.url).resolve('@lucide/svelte'));
const sourceOf = (name: string) => readFileSync(join(lucide, `icons/${name}.svelte`), 'utf8');

/** Every icon that the pages import. */
const used = new Set(
  readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(svelte|ts)$/.test(name))
    .flatMap((name) => [
      ...readFileSync(join(import.meta.dirname, name), 'utf8').matchAll(/@lucide\/svelte\/icons\/([a-z0-9-]+)'/g),
    ])
    .map(([, name]) => name ?? ''),
);

test('every icon that the pages import is one drawing of a few elements, and compiles', () => {
  expect(used.size).toBeGreaterThan(80);
  for (const name of used) {
    const drawn = drawIcon(sourceOf(name));
    expect(drawn, name).toMatch(/<svg [^>]*aria-hidden="true">(<[a-z]+ [^<>]+ \/>){1,6}<\/svg>/);
    expect(compile(drawn ?? '', { generate: 'server' }).js.code, name).not.toContain('element(');
  }
});

test('strokes follow one another in one path, each from where it began', () => {
  const source = `const iconData = { "name": "x", "node": [["path", { "d": "M2 12h1" }], ["circle", { "cx": "1", "cy": "2", "r": "3" }], ["path", { "d": "m4.929 4.929.707.707" }], ["path", { "d": "m14 11 4-4 4 4" }], ["path", { "d": "m9 9-1.5L3 3" }], ["path", { "d": "m1 2h3" }]] };\n`;
  expect(drawIcon(source)).toContain(
    '<circle cx="1" cy="2" r="3" /><path d="M2 12h1M4.929 4.929l.707.707M14 11l4-4 4 4M9 9l-1.5L3 3M1 2h3" /></svg>',
  );
});

test('a source that is no icon is left as it is', () => {
  expect(drawIcon('<p>Rien</p>')).toBeNull();
});
