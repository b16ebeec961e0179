import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { type Caller, resident } from '../harness/caller.ts';
import { accept, ask, favourOf } from '../harness/neighbour.ts';

const browser = useBrowser();

type Kept = { id: string; action: string; label: string };
const keptOn = (page: Page): Promise<Kept[]> =>
  page.evaluate(
    () =>
      new Promise<Kept[]>((resolve, reject) => {
        const opening = indexedDB.open('palier', 1);
        opening.onerror = () => reject(opening.error ?? new Error('no store'));
        opening.onsuccess = () => {
          const all = opening.result.transaction('waiting').objectStore('waiting').getAll();
          all.onsuccess = () => {
            opening.result.close();
            resolve(all.result as Kept[]);
          };
        };
      }),
  );

const favoursOf = async (caller: Caller, title: string) =>
  (await caller.get('/api/favours?limit=100')).json.items.filter(({ post }) => post.title === title);

it('a yes, a « c’est fait » and a thank you given without a network wait, and are sent once; what came too late is said kindly, with what was typed', {
  timeout: 120_000,
}, async () => {
  const [b, a, c, d] = await Promise.all([resident(26), resident(7), resident(6), resident(4)]);
  const mark = Date.now() % 1000;
  const [free, taken, listed] = [`Un pain ${mark} ?`, `Du lait ${mark} ?`, `Des œufs ${mark} ?`];
  const [helped, received] = [`Le courrier ${mark} ?`, `Une ampoule ${mark} ?`];
  const [freeId, takenId, , helpedId, receivedId] = await Promise.all([
    ...[free, taken, listed, helped].map((title) => ask(a, title)),
    ask(b, received),
  ]);
  await accept(b, helpedId ?? '');
  const theirs = await accept(c, receivedId ?? '');
  expect((await b.post(`/api/favours/${theirs}/done`, {})).status).toBeLessThan(300);

  const { page, context, go } = await visit(browser(), { as: b, installs: true });
  const [late, feed] = [await context.newPage(), await context.newPage()];
  for (const [open, path] of [
    [late, `/annonces/${takenId}`],
    [feed, '/autour'],
  ] as const) {
    await open.goto(path);
    await open.locator('html[data-hydrated]').waitFor({ state: 'attached' });
  }
  for (const view of ['?vue=recus', '?vue=donnes']) await go(`/coups-de-main${view}`);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect
    .poll(() => page.evaluate(async () => (await caches.match('/coups-de-main?vue=recus')) !== undefined), {
      timeout: 20_000,
    })
    .toBe(true);
  await go(`/annonces/${freeId}`);

  await context.setOffline(true);
  for (const [open, words] of [
    [page, 'Vers dix-huit heures, en rentrant.'],
    [late, 'Je passe chez vous ce soir.'],
  ] as const) {
    await open.getByText('Ajouter un mot').click();
    await open.getByRole('textbox', { name: /^Un mot pour/ }).fill(words);
    await open.getByRole('button', { name: 'Je peux aider', exact: true }).click();
    await open.getByText('Gardé sur cet appareil').first().waitFor();
  }
  await feed.getByRole('button', { name: `Je peux aider : ${listed}` }).click();
  await feed.getByRole('status').getByText(`Je peux aider : ${listed}`).waitFor();
  await go('/coups-de-main?vue=donnes');
  const done = favourOf(page, helped);
  await done.getByText('C’est fait', { exact: true }).click();
  for (let presses = 0; presses < 2; presses++) await done.getByRole('button', { name: 'Oui, c’est fait' }).click();
  await go('/coups-de-main?vue=recus');
  const thanked = favourOf(page, received);
  await thanked.getByRole('textbox', { name: /^Votre mot pour/ }).fill('Merci, on y voit clair.');
  await thanked.getByRole('button', { name: 'Dire merci' }).click();
  await page.getByRole('status').getByText('Merci, on y voit clair.').waitFor();
  await expect.poll(async () => (await keptOn(page)).length, { timeout: 10_000 }).toBe(5);
  const kept = await keptOn(page);

  const rival = await accept(c, takenId ?? '');
  expect(rival).not.toBe(await accept(d, takenId ?? '')); // one helps, one stands by: no room is left
  await context.setOffline(false);
  await page.getByText('En attente, sera envoyé').waitFor({ state: 'detached', timeout: 20_000 });

  const refused = page.getByRole('alert').filter({ hasText: 'Ceci n’a pas pu être envoyé' });
  await refused.getByText('C’est pris, merci ! Un voisin a répondu juste avant vous.').waitFor();
  await refused.getByText('Je passe chez vous ce soir.').waitFor();
  expect(await refused.count()).toBe(1);
  expect((await keptOn(page)).map(({ label }) => label)).toEqual([expect.stringContaining('Du lait')]);

  for (const title of [free, listed]) expect(await favoursOf(b, title)).toMatchObject([{ state: 'accepted' }]);
  expect(await favoursOf(b, taken)).toEqual([]);
  expect(await favoursOf(a, helped)).toMatchObject([{ state: 'done' }]);
  expect(await favoursOf(c, received)).toMatchObject([{ state: 'done', thanks: { text: 'Merci, on y voit clair.' } }]);
  const key = kept.find(({ action }) => action.includes(freeId ?? ''))?.id ?? '';
  const replay = await b.post(`/api/posts/${freeId}/favours`, { note: 'Vers dix-huit heures, en rentrant.' }, { key });
  expect([replay.status, replay.json.favour.id]).toEqual([201, (await favoursOf(b, free))[0]?.id]);

  await refused.getByRole('button', { name: 'Effacer' }).click();
  await refused.waitFor({ state: 'detached' });
  expect(await keptOn(page)).toEqual([]);
});
