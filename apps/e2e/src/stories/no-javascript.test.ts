import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { Caller, resident } from '../harness/caller.ts';
import { cardOf, favourOf } from '../harness/neighbour.ts';

const browser = useBrowser();

const signInOn = async (page: Page, name: string): Promise<void> => {
  await page.goto('/connexion?back=/autour');
  await page.getByLabel('Adresse e-mail').fill(`${name}@demo.palier.test`);
  await page.getByLabel('Mot de passe', { exact: true }).fill('palier-demo');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.waitForURL('**/autour');
};

it('without JavaScript one signs in, asks, accepts, says it is done and thanks', { timeout: 60_000 }, async () => {
  const title = 'Qui a un escabeau à me prêter ?';
  const asks = await visit(browser(), { as: new Caller('resident-006'), javaScript: false });
  await signInOn(asks.page, 'resident-006');
  await asks.page.getByRole('link', { name: 'Demander', exact: true }).click();
  await asks.page.getByRole('textbox', { name: 'Une phrase suffit' }).fill(title);
  await asks.page.getByRole('radio', { name: /^Cette semaine/ }).check();
  await asks.page.getByRole('radio', { name: /^Ma résidence/ }).check();
  await asks.page.getByRole('button', { name: 'Voir avant de publier' }).click();
  await asks.page.getByText('Voici ce que vos voisins verront').waitFor();
  await asks.page.getByRole('button', { name: 'Publier', exact: true }).click();
  await asks.page.getByText('C’est publié').waitFor();

  const helps = await visit(browser(), { as: new Caller('resident-007'), javaScript: false });
  await signInOn(helps.page, 'resident-007');
  await cardOf(helps.page, title)
    .getByRole('button', { name: /^Je peux aider/ })
    .click();
  await helps.page.getByText('Vous avez dit oui, merci').waitFor();
  await helps.page.getByRole('link', { name: 'Coups de main', exact: true }).click();
  await helps.page.getByRole('link', { name: 'Donnés', exact: true }).click();
  const given = favourOf(helps.page, title);
  await given.getByText('C’est fait', { exact: true }).click();
  await given.getByRole('button', { name: 'Oui, c’est fait' }).click();
  await helps.page.getByText('C’est noté').waitFor();

  await asks.page.goto('/coups-de-main?vue=recus');
  const received = favourOf(asks.page, title);
  await received.getByRole('textbox', { name: /^Votre mot pour/ }).fill('Un grand merci pour l’escabeau.');
  await received.getByRole('button', { name: 'Dire merci' }).click();
  await asks.page.getByText(/Votre merci est parti/).waitFor();

  await helps.page.goto('/coups-de-main?vue=donnes');
  await favourOf(helps.page, title).getByText('Un grand merci pour l’escabeau.').waitFor();
  for (const { complaints } of [asks, helps]) expect(complaints).toEqual([]);
});

it.each([true, false])('the list is narrowed by its panel, with scripts: %s', async (javaScript) => {
  const { page, complaints } = await visit(browser(), { as: await resident(7), javaScript });
  await page.goto('/autour?kind=offer');
  if (javaScript) await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
  const panel = page.getByRole('link', { name: 'Affiner' });
  expect(await panel.getAttribute('aria-expanded')).toBe('false');
  await panel.click();
  await page.locator('[aria-expanded="true"]').waitFor();
  await page.getByText('Prêt d’objets', { exact: true }).click();
  await page.getByRole('button', { name: 'Voir les annonces' }).click();
  await page.waitForURL('**/autour?kind=offer&*category=lending*');
  await page.getByRole('link', { name: 'Affiner (1 choix)' }).waitFor();
  const badges = await page.locator('article .badge').allTextContents();
  expect(badges.filter((badge) => !/Offre · Prêt d’objets|Urgent/.test(badge))).toEqual([]);
  expect(complaints).toEqual([]);
});
