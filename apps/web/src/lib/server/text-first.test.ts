import { expect, test } from 'vitest';
import { textFirst } from './text-first.ts';

const links = '<link href="/a.css" rel="stylesheet"><link href="/b.woff2" rel="preload" as="font">';
const script = '<link href="/c.js" rel="modulepreload">';

test('the scripts of a page give way to its style and its letters, and nothing else is changed', () => {
  const title = '<title>rel="modulepreload"> &lt;link></title>';
  const body = `<body>${script}</body>`;
  expect(textFirst(`<head>${script}${links}${title}${script}</head>${body}`)).toBe(
    `<head><link href="/c.js" rel="modulepreload" fetchpriority="low">${links}${title}<link href="/c.js" rel="modulepreload" fetchpriority="low"></head>${body}`,
  );
});

test('what is no whole page is left as it is', () => {
  for (const html of ['', '<p>503</p>', `<p>${script} </p>`, `<head>${links}</head>`])
    expect(textFirst(html)).toBe(html);
});
