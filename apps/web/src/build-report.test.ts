import { expect, test } from 'vitest';
import { clientText, firstLoad } from './build-report.ts';

const limitBytes = 90_000; // quality.md, Pages: script on the first load, gzip

// These read the last build: `npm test` makes it first.
test.each([
  '/(public)',
  '/(public)/confidentialite',
  '/(resident)/autour',
  '/(resident)/demander',
  '/(resident)/annonces/[postId]',
])('%s loads less than 90 kB of script', async (routeId) => {
  const { files, gzipBytes } = await firstLoad(routeId);
  expect(files.length).toBeGreaterThan(5);
  expect(gzipBytes).toBeGreaterThan(20_000);
  expect(gzipBytes).toBeLessThan(limitBytes);
});

test('a page that does not exist is no page of 0 bytes', async () => {
  await expect(firstLoad('/nowhere')).rejects.toThrow('no page');
});

test('nothing that the browser is given names a third party’s address', () => {
  const addresses = new Set(clientText().match(/https?:\/\/[a-z0-9.-]+/gi));
  const known = [
    'http://www.w3.org',
    'https://svelte.dev',
    'https://tailwindcss.com',
    'https://paraglidejs.com',
    'http://dummy.com',
    // MapLibre’s credits, its issues and the base of relative addresses
    'https://maplibre.org',
    'https://maplibre.invalid',
    'https://github.com',
    'https://wiki.openstreetmap.org',
  ]; // names and licences, never fetched
  expect([...addresses].filter((address) => !known.includes(address))).toEqual([]);
});
