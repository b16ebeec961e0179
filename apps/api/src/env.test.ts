import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readEnv, settings } from './env.ts';

const root = resolve(import.meta.dirname, '../../..');
const textOf = (file: string) => readFileSync(resolve(root, file), 'utf8');

test('a setting left empty is not set, as a .env file or compose leaves it', () => {
  const empty = Object.fromEntries(settings.map((name) => [name, '']));
  expect(readEnv(empty)).toEqual(readEnv({}));
  expect(readEnv({ MAP_STYLE_URL: '' }).mapStyleUrl).toBeUndefined();
});

test('a map style is an address on the web, or the process does not start', () => {
  expect(readEnv({ MAP_STYLE_URL: 'https://tiles.example/plain.json' }).mapStyleUrl).toMatch(/^https:/);
  for (const wrong of ['plain.json', 'file:///etc/passwd', 'javascript:alert(1)'])
    expect(() => readEnv({ MAP_STYLE_URL: wrong })).toThrow('MAP_STYLE_URL');
});

test('every setting has its line in the README', () => {
  const named = new Set(textOf('README.md').match(/`[A-Z_]+`/g));
  expect(settings.filter((name) => name !== 'NODE_ENV' && !named.has(`\`${name}\``))).toEqual([]);
});

/** What the image, the roles or production itself decide. */
const notTheirs = new Set(['PORT', 'HOST', 'DATA_DIR', 'DEMO', 'RATE_LIMITS', 'PUSH_HOSTS']);

test('the production shape hands every other setting down', () => {
  const handed = new Set(Array.from(textOf('docker-compose.yml').matchAll(/\b([A-Z_]{4,}):/g), ([, name]) => name));
  expect(settings.filter((name) => !notTheirs.has(name) && !handed.has(name))).toEqual([]);
});
