// The README's pictures, from the demo: `node apps/e2e/src/screenshots.ts` at the root.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { findChromium, flagsWithMap } from './harness/chromium.ts';
import { type Server, startServer } from './harness/server.ts';

const folder = resolve(import.meta.dirname, '../screenshots');
const mostBytes = 200_000;
const phone = { width: 375, height: 812 };
const desk = { width: 1280, height: 860 };

/** A picture: its name, the page, the window, and what is done before it is taken. */
type Shot = { name: string; path: string; viewport: typeof phone; before?: (page: Page) => Promise<unknown> };

const mapShown = (page: Page) =>
  page
    .getByRole('region', { name: 'La carte des annonces' })
    .getByRole('button', { name: /annonce/ })
    .first()
    .waitFor({ timeout: 30_000 });
const sentence = 'Qui peut monter deux packs d’eau au troisième ?';

const shots: Shot[] = [
  { name: 'landing', path: '/', viewport: desk },
  { name: 'feed-wide', path: '/autour', viewport: desk, before: mapShown },
  { name: 'feed-phone', path: '/autour', viewport: phone },
  {
    name: 'ask-phone',
    path: '/demander',
    viewport: phone,
    before: (page) => page.getByRole('textbox', { name: 'Une phrase suffit' }).fill(sentence),
  },
  {
    name: 'post',
    path: '/autour',
    viewport: phone,
    before: async (page) => {
      await page.getByRole('article').first().getByRole('heading').getByRole('link').click();
      await page.waitForURL('**/annonces/**');
    },
  },
  { name: 'favours', path: '/coups-de-main?vue=recus', viewport: phone },
];

const signIn = async (page: Page): Promise<void> => {
  await page.goto('/connexion');
  await page.getByLabel('Adresse e-mail').fill('resident-005@demo.palier.test');
  await page.getByLabel('Mot de passe', { exact: true }).fill('palier-demo');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.waitForURL('**/autour');
};

const take = async (page: Page, { name, path, viewport, before }: Shot): Promise<void> => {
  await page.setViewportSize(viewport);
  await page.goto(path);
  await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
  await page.waitForLoadState('networkidle');
  await before?.(page);
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
  const file = join(folder, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled' });
  const { size } = statSync(file);
  if (size > mostBytes) throw new Error(`${name}.png weighs ${size} bytes, over ${mostBytes}`);
  console.log(`${name}.png ${Math.round(size / 1000)} kB`);
};

const takeAll = async ({ origin }: Server, executablePath: string): Promise<void> => {
  const browser = await chromium.launch({ executablePath, args: flagsWithMap });
  try {
    const look = { baseURL: origin, locale: 'fr-FR', timezoneId: 'Europe/Paris', reducedMotion: 'reduce' } as const;
    const page = await (await browser.newContext({ ...look, viewport: desk })).newPage();
    const [landing, ...others] = shots;
    if (landing) await take(page, landing);
    await signIn(page);
    for (const shot of others) await take(page, shot);
  } finally {
    await browser.close();
  }
};

const scratch = mkdtempSync(join(tmpdir(), 'palier-screenshots-'));
chmodSync(scratch, 0o711);
mkdirSync(folder, { recursive: true });
const server = await startServer(join(scratch, 'data'));
try {
  await takeAll(server, await findChromium(scratch));
} finally {
  await server.stop();
  rmSync(scratch, { recursive: true, force: true });
}
