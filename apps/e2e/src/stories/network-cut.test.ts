import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { resident } from '../harness/caller.ts';
import { type ChaosProxy, openChaosProxy } from '../harness/chaos-proxy.ts';
import { ask, cardOf } from '../harness/neighbour.ts';

const browser = useBrowser();
const cutMs = 20_000;

const openProxy = async (): Promise<ChaosProxy> => {
  const proxy = await openChaosProxy();
  onTestFinished(proxy.close);
  return proxy;
};

describe('a reader whose network goes', () => {
  it('for 20 seconds finds both posts of the meantime after it, once each', { timeout: 90_000 }, async () => {
    const [author, reader] = await Promise.all([resident(1), resident(2)]);
    const proxy = await openProxy();
    const { page, go } = await visit(browser(), { as: reader, proxy: proxy.url });
    await go('/autour');
    await ask(author, 'Avant la panne', { audience: 'stair' });
    await cardOf(page, 'Avant la panne').waitFor();

    const cutAt = performance.now();
    proxy.cut();
    await page.getByText('Hors connexion, nous réessayons').waitFor();
    const titles = ['Pendant la panne, du lait', 'Pendant la panne, du beurre'];
    for (const title of titles) await ask(author, title, { audience: 'stair' });
    await pause(cutMs - (performance.now() - cutAt)); // the outage itself
    for (const title of titles) expect(await cardOf(page, title).count()).toBe(0);

    proxy.heal();
    const healedAt = performance.now();
    for (const title of titles) await cardOf(page, title).waitFor({ timeout: 20_000 });
    console.log(`network back → both posts on screen: ${Math.round(performance.now() - healedAt)} ms`);
    for (const title of ['Avant la panne', ...titles]) expect(await cardOf(page, title).count()).toBe(1);
    await expect.poll(() => page.getByText('Hors connexion').count()).toBe(0);
  });

  it('reads on what it had, and says so in words', async () => {
    const proxy = await openProxy();
    const { page, go } = await visit(browser(), { as: await resident(3), proxy: proxy.url });
    await go('/autour');
    const before = await page.getByRole('article').count();
    expect(before).toBeGreaterThan(0);
    proxy.cut();
    await page.getByText('Hors connexion, nous réessayons').waitFor();
    expect(await page.getByRole('article').count()).toBe(before);
  });
});
