import { expect, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { resident } from '../harness/caller.ts';
import { inDatabase, layAllInDaylight, runNow } from '../harness/database.ts';
import { accept, ask } from '../harness/neighbour.ts';

const browser = useBrowser();

it('halfway to the end an author is asked, one tap from the notice: an offer stays, a half-filled request is complete and keeps who said yes; what ended is published again', {
  timeout: 60_000,
}, async () => {
  await layAllInDaylight();
  const [author, neighbour] = await Promise.all([resident(3), resident(6)]);
  const offer = await ask(author, 'Je prête mon escabeau', { kind: 'offer', category: 'lending' });
  const request = await ask(author, 'Trois paires de bras pour un piano', {
    category: 'heavy-lifting',
    helpersNeeded: 3,
  });
  await accept(neighbour, request);
  const planned = () => inDatabase('select post_id from tellings where post_id = any($1)', [[offer, request]]);
  await expect.poll(async () => (await planned()).length, { timeout: 20_000, interval: 250 }).toBe(2);
  await inDatabase(`update tellings set chase_at = now() - interval '1 minute' where post_id = any($1)`, [
    [offer, request],
  ]);

  const { page, go, complaints } = await visit(browser(), { as: author });
  await go('/avis');
  await runNow('rings.tell');
  const notice = (title: string) => page.getByRole('article').filter({ hasText: title });
  await notice('Toujours proposé')
    .getByRole('button', { name: /^Oui, toujours proposé/ })
    .click();
  await page.waitForURL(`**/annonces/${offer}?encore`);
  await page.getByText('Votre offre reste en ligne.').waitFor();

  await go('/avis');
  await notice('Encore besoin d’autres voisins')
    .getByRole('button', { name: /^C’est complet ainsi/ })
    .click();
  await page.waitForURL(`**/annonces/${request}`);
  await page.getByText(/ a dit oui$/).waitFor();
  expect(await page.getByText('Cherchez-vous encore').count()).toBe(0);
  const { json } = await author.get(`/api/posts/${request}`);
  expect(json.post).toMatchObject({ state: 'filled', helpersTaken: 1, helpersNeeded: 1 });

  // What nobody needed ends under its author's eyes, kindly, and is published again in two taps.
  await go(`/annonces/${offer}`);
  await inDatabase('update posts set expires_at = now() where id = $1', [offer]);
  await runNow('posts.expire');
  await page.getByText('Personne n’en a eu besoin cette fois. Merci de l’avoir proposé.').waitFor();
  await page.getByRole('link', { name: 'La republier' }).click();
  await page.waitForURL('**/demander?reprendre=**');
  expect(await page.getByRole('textbox', { name: 'Une phrase suffit' }).inputValue()).toBe('Je prête mon escabeau');
  await page.getByRole('button', { name: 'Voir avant de publier' }).click();
  await page.getByRole('button', { name: 'Publier', exact: true }).click();
  await page.getByText('C’est publié').waitFor();
  expect(complaints).toEqual([]);
});
