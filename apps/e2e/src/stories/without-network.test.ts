import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { resident } from '../harness/caller.ts';
import { accept, ask, favourOf } from '../harness/neighbour.ts';

const browser = useBrowser();

const keptPaths = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('palier-kept-'));
    const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return lists.flat().map(({ url }) => new URL(url).pathname);
  });

const keptText = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const words: string[] = [];
    for (const name of await caches.keys())
      for (const request of await (await caches.open(name)).keys())
        if (!request.url.includes('/_app/')) words.push((await (await caches.match(request))?.text()) ?? '');
    return words.join('\n');
  });

const until = (read: () => Promise<unknown>) => expect.poll(read, { timeout: 20_000, interval: 250 });

it('what one keeps is read without a network, what one writes then is sent once, and all of it goes at sign-out', {
  timeout: 120_000,
}, async () => {
  const title = 'Qui peut porter un colis au deuxième ?';
  const [a, b] = await Promise.all([resident(1), resident(2)]);
  await accept(b, await ask(a, title));
  const { page, context, go, strangers } = await visit(browser(), { as: b, installs: true });
  await go('/coups-de-main?vue=donnes');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await favourOf(page, title).getByRole('link', { name: 'Ouvrir la conversation' }).click();
  await page.waitForURL(/\/messages\/[0-9a-f-]{36}$/);
  const talkPath = new URL(page.url()).pathname;
  const door = 'Porte-Canari-7Q';
  const shared = await a.post(`/api/conversations/${talkPath.slice(-36)}/door`, { floor: '3', door, note: '' });
  expect(shared.status).toBeLessThan(300);
  await page.getByText(door).waitFor();
  await go(talkPath);
  await until(() => keptPaths(page)).toEqual(expect.arrayContaining(['/coups-de-main', '/messages', talkPath]));
  expect(await keptText(page)).not.toContain(door);

  await context.setOffline(true);
  for (const path of ['/coups-de-main', '/messages', talkPath]) {
    await go(path);
    await page.getByRole('main').getByText(title).first().waitFor();
  }
  await page.getByText('aucune porte n’est gardée').waitFor();
  await go('/autour');
  await page.getByRole('heading', { name: 'Hors connexion' }).waitFor();
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);

  await go(talkPath);
  await page.getByText('Hors connexion, nous réessayons').waitFor();
  for (const words of ['Je pars sans réseau.', 'Et encore un mot.']) {
    await page.getByRole('textbox', { name: 'Votre message' }).fill(words);
    await page.getByRole('button', { name: 'Envoyer', exact: true }).click();
    await page.getByRole('status').getByText(words).waitFor();
  }
  await page.getByText('En attente, sera envoyé dès le retour du réseau').waitFor();
  const second = await context.newPage();
  await second.goto(talkPath);
  await second.getByRole('status').getByText('Je pars sans réseau.').waitFor();
  await context.setOffline(false);
  await page.getByText('En attente, sera envoyé').waitFor({ state: 'detached', timeout: 20_000 });
  await second.getByText('En attente, sera envoyé').waitFor({ state: 'detached' });
  const answer = await a.get(`/api/conversations/${talkPath.slice(-36)}/messages`);
  const said = (JSON.parse(answer.text) as { items: { text: string }[] }).items.map(({ text }) => text);
  expect(said.filter((text) => text === 'Je pars sans réseau.')).toHaveLength(1);
  expect(said.filter((text) => text === 'Et encore un mot.')).toHaveLength(1);

  await second.close();
  await go('/moi');
  await page.getByRole('button', { name: /déconnecter/ }).click();
  await page.waitForURL(/\/connexion/);
  await until(() => keptPaths(page)).toEqual([]);
  expect(strangers).toEqual([]);
});
