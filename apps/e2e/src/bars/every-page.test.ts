import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { Caller, resident, signIn, visitor } from '../harness/caller.ts';
import { type Place, places } from './pages.ts';

const browser = useBrowser();
const isNightly = process.env.NIGHTLY === '1';
const looks = [
  { width: 375, height: 812, dark: false },
  ...(isNightly
    ? [
        { width: 375, height: 812, dark: true },
        { width: 1280, height: 800, dark: false },
        { width: 1280, height: 800, dark: true },
      ]
    : []),
];
const readers: Record<string, Caller> = {};
const stands: Record<string, string> = {};

const post = async (caller: Caller, title: string): Promise<string> =>
  (await caller.post('/api/posts', { kind: 'request', category: 'repair', title, audience: 'neighbourhood' })).json.post
    .id;

beforeAll(async () => {
  const [one, two, officer, neighbour] = await Promise.all([
    resident(8),
    resident(9),
    signIn('officer-01173'),
    resident(10),
  ]);
  await Promise.all([
    two.call('PATCH', '/api/me', { body: { locale: 'en' } }),
    one.call('PATCH', '/api/me', { body: { locale: 'fr' } }),
  ]);
  const codes = JSON.parse(readFileSync(join(inject('dataDir'), 'demo-invitations.json'), 'utf8')) as Record<
    string,
    string
  >;
  Object.assign(readers, {
    'visitor fr': visitor(),
    'visitor en': visitor(),
    'resident fr': one,
    'resident en': two,
    'officer fr': officer,
    'officer en': officer,
  });
  stands[':code'] = Object.values(codes)[1] ?? '';
  stands[':post'] = await post(neighbour, 'Une étagère qui penche');
  stands[':own fr'] = await post(one, 'Un robinet qui goutte');
  stands[':own en'] = await post(two, 'Une porte qui grince');
});

const pathOf = ({ path }: Place, locale: string): string =>
  path.replace(/:(post|own|code)/, (name) => stands[name] ?? stands[`${name} ${locale}`] ?? '');

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const asReader = ({ who, path }: Place, locale: 'fr' | 'en') => {
  const caller = path.includes(':code') ? new Caller('entering') : readers[`${who} ${locale}`];
  return { locale, ...(caller && { as: caller }) };
};
const grid = looks.flatMap((look) =>
  (['fr', 'en'] as const).flatMap((locale) => places.map((place) => ({ ...place, ...look, locale, place }))),
);

describe('every page', () => {
  it.each(grid)(
    '$path ($who, $locale, $width px, dark: $dark) has nothing axe refuses, asks nobody else, complains of nothing',
    async ({ place, locale, width, height, dark }) => {
      const { page, go, complaints, strangers } = await visit(browser(), {
        ...asReader(place, locale),
        width,
        height,
        dark,
      });
      const response = await go(pathOf(place, locale));
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.map(
          ({ id, nodes }) =>
            `${id}: ${nodes
              .map(({ html }) => html)
              .join(' ')
              .slice(0, 300)}`,
        ),
      ).toEqual([]);
      expect(strangers).toEqual([]);
      const status = response?.status() ?? 0;
      expect(status).toBe(place.status ?? 200);
      expect(complaints.filter((text) => status < 400 || !text.includes(`status of ${status}`))).toEqual([]);
      expect(await page.locator('html').getAttribute('lang')).toBe(place.who === 'officer' ? 'fr' : locale);
      expect(await page.title()).not.toBe('');
    },
  );
});

describe('at 200 %', () => {
  const mains = places
    .filter(({ isMain }) => isMain)
    .flatMap((place) => [188, 640].map((width) => ({ path: place.path, width, place })));
  it.each(mains)('$path is read in $width px without scrolling sideways', async ({ place, width }) => {
    const { page, go } = await visit(browser(), { ...asReader(place, 'fr'), width, height: 400 });
    await go(pathOf(place, 'fr'));
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });
});
