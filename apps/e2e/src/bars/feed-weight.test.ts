import { gzipSync } from 'node:zlib';
import type { CDPSession, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { resident } from '../harness/caller.ts';
import { ask, cardOf } from '../harness/neighbour.ts';

const browser = useBrowser();
const kbit = 1000 / 8;

/** An old phone on a poor network: 400 kbit/s, 300 ms there and back, a processor four times slower. */
const slowDown = async (page: Page): Promise<CDPSession> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 300,
    downloadThroughput: 400 * kbit,
    uploadThroughput: 400 * kbit,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  return session;
};

/** Loses every script below the page: an interception of the page's own let one through, once in hundreds of runs. */
const blockScripts = async (page: Page): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setBlockedURLs', { urls: ['*.js'] });
};

/** Notes when the first post is painted, in ms from the navigation. */
const watchFirstPost = (page: Page) =>
  page.addInitScript(() => {
    const look = () => {
      if (document.querySelector('article h2'))
        requestAnimationFrame(() => Object.assign(window, { firstPostAt: performance.now() }));
      else requestAnimationFrame(look);
    };
    look();
  });

describe('the feed', () => {
  it('is a page of at most 60 kB, 12.5 kB gzipped, for twenty posts', async () => {
    const { text } = await (await resident(2)).get('/autour');
    const cards = text.match(/<article /g)?.length ?? 0;
    const [bytes, packed] = [Buffer.byteLength(text), gzipSync(text, { level: 4 }).byteLength];
    console.log(
      `the feed's page: ${(bytes / 1000).toFixed(1)} kB, ${(packed / 1000).toFixed(1)} kB gzip, ${cards} cards`,
    );
    expect(cards).toBe(20);
    expect(text).toContain('rel="modulepreload" fetchpriority="low"');
    expect(text).not.toContain('rel="modulepreload">'); // text and style come before the scripts
    expect(bytes).toBeLessThanOrEqual(60_000);
    expect(packed).toBeLessThanOrEqual(12_500);
  });

  it('draws a card once for all its readers: each finds their own gesture, and the browser what it would draw itself', async () => {
    const [author, reader] = await Promise.all([resident(1), resident(3)]);
    const title = 'Tenir une échelle </script> & "deux" mains';
    const id = await ask(author, title, { audience: 'stair', category: 'repair' });
    const cardIn = async (who: typeof author) =>
      new RegExp(`<article [^>]*post-${id}.*?</article>`).exec((await who.get('/autour')).text)?.[0] ?? '';
    expect(await cardIn(author)).toMatch(/Votre annonce/);
    const served = await cardIn(reader);
    expect(served).toMatch(/Je peux aider/);
    expect(await cardIn(reader)).toBe(served);

    const { page, go, complaints } = await visit(browser(), { as: reader });
    const warned: string[] = [];
    page.on('console', (message) => /svelte|hydrat/i.test(message.text()) && warned.push(message.text()));
    await go('/autour');
    const drawn = await page.locator(`article[aria-labelledby="post-${id}"]`).evaluate((card) => card.outerHTML);
    const plain = (html: string) =>
      html.replaceAll('&nbsp;', '\u00A0').replaceAll('&gt;', '>').replaceAll('&quot;', '"');
    expect(plain(drawn)).toBe(plain(served));
    expect([...complaints, ...warned]).toEqual([]);
  });

  it('loads at most 90 kB of script, gzipped, the map only when it is shown', async () => {
    const { page, go } = await visit(browser(), { as: await resident(2) });
    const scripts = new Map<string, Promise<Buffer>>();
    page.on('response', (response) => {
      const url = response.url();
      if (url.endsWith('.js') && !scripts.has(url)) scripts.set(url, response.body());
    });
    await go('/autour');
    await page.waitForLoadState('networkidle');
    const bodies = await Promise.all(scripts.values());
    const sizes = bodies.map((body) => gzipSync(body, { level: 9 }).byteLength);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    console.log(`scripts of the feed's first load: ${(bytes / 1000).toFixed(1)} kB gzip in ${bodies.length} files`);
    expect(bodies.length).toBeGreaterThan(3);
    expect(bytes).toBeLessThanOrEqual(90_000);
    expect(bodies.some((body) => body.includes('maplibregl'))).toBe(false);
  });

  it('is read within 2.5 s at 400 kbit/s on a processor four times slower', { timeout: 60_000 }, async () => {
    const { page } = await visit(browser(), { as: await resident(2) });
    await watchFirstPost(page);
    await slowDown(page);
    await page.goto('/autour', { waitUntil: 'commit' });
    const read = page.waitForFunction(() => (window as { firstPostAt?: number }).firstPostAt, undefined, {
      timeout: 30_000,
    });
    const readMs = Number(await (await read).jsonValue());
    console.log(`first post read, slow phone: ${Math.round(readMs)} ms`);
    expect(readMs).toBeLessThanOrEqual(2500);
  });

  it('is of use when no script comes', async () => {
    const title = 'Réparer une poignée de porte';
    const id = await ask(await resident(1), title, { audience: 'stair', category: 'repair' });
    const { page } = await visit(browser(), { as: await resident(3) });
    const lost: string[] = [];
    page.on('requestfailed', (request) => lost.push(request.url()));
    await blockScripts(page);
    await page.goto('/autour', { waitUntil: 'commit' });
    await cardOf(page, title)
      .getByRole('button', { name: /^Je peux aider/ })
      .click({ noWaitAfter: true });
    await page.getByText('Vous avez dit oui, merci').waitFor();
    expect(lost.filter((url) => url.endsWith('.js')).length).toBeGreaterThan(3);
    expect(await page.locator('html[data-hydrated]').count()).toBe(0);
    expect((await (await resident(3)).get(`/api/posts/${id}`)).json.post.state).toBe('filled');
  });
});
