import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { Caller, resident, signIn, visitor } from '../harness/caller.ts';
import { accept } from '../harness/neighbour.ts';
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

/** Asks every week; resolves with the series' id. */
const repeat = async (caller: Caller, title: string): Promise<string> => {
  const iso = (days: number, hours = 0) => new Date(Date.now() + days * 86_400_000 + hours * 3_600_000).toISOString();
  const { json } = await caller.post('/api/posts', {
    kind: 'request',
    category: 'errands',
    title,
    audience: 'residence',
    window: { from: iso(2), to: iso(2, 1) },
    repeats: { every: 'week', until: iso(40) },
  });
  return json.post.seriesId ?? '';
};

/** Says yes to a post; resolves with the conversation's id. */
const talk = async (caller: Caller, postId: string): Promise<string> => {
  await accept(caller, postId);
  const { items } = (await caller.get('/api/conversations')).json;
  return items.find((one) => one.postId === postId)?.id ?? '';
};

beforeAll(async () => {
  const [one, two, officer, neighbour] = await Promise.all([
    resident(8),
    resident(9),
    signIn('officer-01173'),
    resident(10),
  ]);
  const [referent, referee, coordinator, colleague] = await Promise.all(
    ['referent-1', 'referent-2', 'coordinator-1', 'coordinator-2'].map((name) => signIn(name)),
  );
  const [watcher, looker] = await Promise.all([resident(24), resident(31)]);
  const inFrench = [one, referent, coordinator, watcher].map((person) => [person, 'fr'] as const);
  const inEnglish = [two, referee, colleague, looker].map((person) => [person, 'en'] as const);
  await Promise.all(
    [...inFrench, ...inEnglish].map(([person, locale]) => person?.call('PATCH', '/api/me', { body: { locale } })),
  );
  const codes = JSON.parse(readFileSync(join(inject('dataDir'), 'demo-invitations.json'), 'utf8')) as Record<
    string,
    string
  >;
  Object.assign(readers, {
    'visitor fr': visitor(),
    'visitor en': visitor(),
    'resident fr': one,
    'resident en': two,
    'watcher fr': watcher,
    'watcher en': looker,
    'officer fr': officer,
    'officer en': officer,
    'referent fr': referent,
    'referent en': referee,
    'coordinator fr': coordinator,
    'coordinator en': colleague,
  });
  const territory = (await coordinator?.get('/api/territories'))?.json.items[0]?.id;
  const endsOn = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  for (const { email } of [one, two])
    await coordinator?.post(`/api/territories/${territory}/watch/readers`, { email, endsOn });
  stands[':code'] = Object.values(codes)[1] ?? '';
  for (const [locale, person] of [
    ['fr', watcher],
    ['en', looker],
  ] as const)
    stands[`:watched ${locale}`] = (await person.get('/api/watch/people')).json.items[0]?.id ?? '';
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(new Date());
  const kit = { kit: 'digital-neighbours', firstDay: day, lastDay: day };
  stands[':campaign'] = (await officer.post('/api/communes/01173/campaigns', kit)).json.campaign.id;
  stands[':post'] = await post(neighbour, 'Une étagère qui penche');
  stands[':own fr'] = await post(one, 'Un robinet qui goutte');
  stands[':own en'] = await post(two, 'Une porte qui grince');
  for (const [locale, person] of [
    ['fr', one],
    ['en', two],
  ] as const) {
    stands[`:series ${locale}`] = await repeat(person, 'Le pain du samedi');
    stands[`:talk ${locale}`] = await talk(person, await post(neighbour, `Une lampe à changer (${locale})`));
  }
  for (const [locale, person] of [
    ['fr', referent],
    ['en', referee],
  ] as const) {
    const home = (await person?.get('/api/residences'))?.json.items[0]?.id ?? '';
    stands[`:home ${locale}`] = home;
    await enter(codes[home] ?? '');
    const { items } = (await person?.get('/api/moderation/cases'))?.json ?? { items: [] };
    stands[`:case ${locale}`] = items[0]?.id ?? '';
    const body = { displayName: 'Mme Roux', consent: 'spoken', adult: true };
    const welcomed = await person?.post(`/api/residences/${home}/offline-residents`, body);
    stands[`:offline ${locale}`] = (JSON.parse(welcomed?.text ?? '{}') as { resident: { id: string } }).resident.id;
  }
});

const pathOf = ({ path }: Place, locale: string): string =>
  path.replace(
    /:(post|own|code|series|talk|home|case|offline|campaign|watched)/,
    (name) => stands[name] ?? stands[`${name} ${locale}`] ?? '',
  );

/** Somebody new comes by the poster of a hall, and waits on its referent’s desk. */
const enter = (code: string) =>
  new Caller('entering').post('/api/residents', {
    ...{
      code,
      displayName: 'Nina',
      email: `${randomUUID()}@example.test`,
      password: 'une phrase de voisins',
      adult: true,
    },
  });

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const asReader = ({ who, path }: Place, locale: 'fr' | 'en') => {
  const caller = path.includes(':code') ? new Caller('entering') : readers[`${who} ${locale}`];
  return { locale, ...(caller && { as: caller }) };
};
const grid = looks.flatMap((look) =>
  (['fr', 'en'] as const).flatMap((locale) =>
    places
      .filter(({ isMain }) => isMain || locale === 'fr' || isNightly) // the others in English by night
      .map((place) => ({ ...place, ...look, locale, place })),
  ),
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
  const mains = places.filter(({ isMain }) => isMain);
  it.each(mains)('$path is read in 188 and in 640 px without scrolling sideways', async (place) => {
    const { page, go } = await visit(browser(), { ...asReader(place, 'fr'), width: 188, height: 400 });
    await go(pathOf(place, 'fr'));
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 640, height: 400 });
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });
});

/** What a page says, as it is sent: before any script, its markup and what is in another language on purpose left out. */
const wordsOf = (html: string): string =>
  html
    .replaceAll(/<(script|style|template|svg|article|code)\b[\s\S]*?<\/\1>/g, ' ')
    .replaceAll(/<(\w+)\b[^>]* lang="[^>]*>[\s\S]*?<\/\1>/g, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');
const notFrench = /(?<!\p{L})(the|your|you|with|neighbours?|please|when|this|save|back|what|they)(?!\p{L})/iu;
const notWords =
  /\b(undefined|NaN|Invalid Date)\b|\[object |\b(accounts|common|desk|favours|messaging|nav|notices|offline|posts|residences|rounds|series|veille)_[a-z_]+/;

describe('as it is sent, before any script', () => {
  it.each(places)('$path ($who) has one title, and French words alone', async (place) => {
    const { as: caller } = asReader(place, 'fr');
    const answer = await caller?.get(pathOf(place, 'fr'), { headers: { 'accept-language': 'fr' } });
    expect(answer?.status).toBe(place.status ?? 200);
    const html = answer?.text ?? '';
    expect(html.match(/<h1\b/g)).toHaveLength(1);
    const words = wordsOf(html.slice(html.indexOf('<body')));
    const around = (found: RegExpExecArray | null) =>
      found && words.slice(Math.max(0, found.index - 60), found.index + 60);
    if (!place.isTheirs) expect(around(notFrench.exec(words))).toBeNull();
    expect(around(notWords.exec(words))).toBeNull();
  });
});
