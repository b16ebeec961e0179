import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { resident, signIn } from '../harness/caller.ts';
import { flags, flagsWithMap } from '../harness/chromium.ts';
import { cardOf } from '../harness/neighbour.ts';

const map = 'La carte des annonces';

/** Lets the test read what WebGL drew, which it otherwise forgets after each frame. */
const keepDrawing = (page: Page) =>
  page.addInitScript(() => {
    const own = HTMLCanvasElement.prototype.getContext;
    Object.assign(HTMLCanvasElement.prototype, {
      getContext(this: HTMLCanvasElement, kind: string, options: object) {
        return Reflect.apply(own, this, [kind, { ...options, preserveDrawingBuffer: true }]);
      },
    });
  });

/** How many colours the map is drawn in. */
const coloursOf = (page: Page): Promise<number> =>
  page.locator('canvas').evaluate((canvas) => {
    const gl = (canvas as HTMLCanvasElement).getContext('webgl2');
    if (!gl) return 0;
    const pixels = new Uint32Array(gl.drawingBufferWidth * gl.drawingBufferHeight);
    const { drawingBufferWidth: width, drawingBufferHeight: height } = gl;
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(pixels.buffer));
    return new Set(pixels).size;
  });

describe('where the browser can draw', () => {
  const browser = useBrowser(flagsWithMap);

  it('the map stands beside the list, asks nobody else, and its areas are chosen by a button', {
    timeout: 60_000,
  }, async () => {
    const { page, go, strangers, complaints } = await visit(browser(), {
      as: await resident(5),
      width: 1280,
      height: 860,
    });
    await keepDrawing(page);
    await go('/autour');
    const areas = page.getByRole('region', { name: map }).getByRole('button', { name: /annonce/ });
    await areas.first().waitFor({ timeout: 30_000 });
    await expect.poll(() => coloursOf(page), { timeout: 15_000 }).toBeGreaterThan(4);
    await areas.first().focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => areas.first().getAttribute('aria-pressed')).toBe('true');
    expect(await page.getByRole('article').count()).toBeGreaterThan(0);
    expect(strangers).toEqual([]);
    expect(complaints.filter((text) => !/WebGL|GPU/.test(text))).toEqual([]);
  });
});

describe('a coordinator', () => {
  const browser = useBrowser(flagsWithMap);

  it('sees the territory on a map drawn when asked for, and without an address search places a pin on a commune', {
    timeout: 60_000,
  }, async () => {
    const as = await signIn('coordinator-1');
    const { page, go, strangers } = await visit(browser(), { as, width: 1280, height: 860 });
    const drawn: string[] = [];
    page.on('request', (request) => {
      if (/outlines|maplibre|plan/.test(request.url())) drawn.push(request.url());
    });
    await go('/bureau/territoire');
    expect(drawn).toEqual([]);
    await page.getByRole('button', { name: 'Voir la carte' }).click();
    const areas = page.getByRole('region', { name: 'La carte du territoire' }).locator('.map-area');
    await areas.first().waitFor({ timeout: 30_000 });
    const residences = page.locator('[data-cell]');
    const counted = (await areas.allTextContents()).reduce((sum, text) => sum + Number(text), 0);
    expect(counted).toBe(await residences.count());
    await go('/bureau/territoire?ville=gex&insee=01173');
    const canvas = page.getByRole('region', { name: 'Le point de la résidence' });
    await canvas.click({ timeout: 30_000 });
    await expect.poll(() => page.getByLabel('Latitude').inputValue()).toMatch(/^46\.\d{5}$/);
    expect(await page.getByLabel('Longitude').inputValue()).toMatch(/^[56]\.\d{5}$/);
    expect(strangers).toEqual([]);
  });
});

describe('where it cannot', () => {
  const browser = useBrowser([...flags, '--disable-3d-apis']);

  it('the same areas are a list', async () => {
    const { page, go } = await visit(browser(), { as: await resident(5) });
    await go('/autour');
    const first = (await page.getByRole('article').first().getByRole('heading').textContent()) ?? '';
    await page.getByRole('button', { name: 'Carte' }).click();
    await page.getByText('Votre appareil ne peut pas dessiner la carte').waitFor();
    await page
      .getByRole('region', { name: map })
      .getByRole('button', { name: /annonce/ })
      .first()
      .click();
    expect(await cardOf(page, first.trim()).count()).toBe(1);
  });
});
