import { expect, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { resident } from '../harness/caller.ts';
import { accept, ask, favourOf } from '../harness/neighbour.ts';

const browser = useBrowser();

it('without JavaScript someone chooses how to be told, and finds the choice again', async () => {
  const { page, go, complaints } = await visit(browser(), { as: await resident(12), javaScript: false });
  await go('/moi/prevenir');
  const mailed = page.getByRole('checkbox', { name: 'Un message, un rendez-vous : E-mail' });
  await mailed.uncheck();
  await page.getByLabel(/^Heure de l’e-mail du jour/).selectOption('9');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.waitForURL('**/moi?note=prevenir');
  await go('/moi/prevenir');
  expect(await mailed.isChecked()).toBe(false);
  expect(await page.getByLabel(/^Heure de l’e-mail du jour/).inputValue()).toBe('9');
  await go('/desabonnement?l=x');
  await page.getByRole('button', { name: 'Ne plus m’écrire' }).click();
  await page.getByText('Ce lien n’est plus valable').waitFor();
  expect(complaints.filter((text) => !text.includes('/desabonnement'))).toEqual([]);
});

it('a favour is done with its minutes and thanked, and told once', { timeout: 60_000 }, async () => {
  const title = `Qui peut relever mon courrier ${Date.now() % 1000} ?`;
  const [asks, helps] = await Promise.all([resident(13), resident(14)]);
  await accept(helps, await ask(asks, title));
  const mine = await visit(browser(), { as: asks, javaScript: false });
  await mine.go('/coups-de-main?vue=recus');
  const favour = favourOf(mine.page, title);
  await favour.getByText('C’est fait', { exact: true }).click();
  await favour.getByRole('textbox', { name: /^Un mot pour/ }).fill('Merci, ma boîte débordait.');
  await favour.getByLabel('Combien de temps ?').selectOption('30');
  await favour.getByRole('button', { name: 'Oui, c’est fait' }).click();
  await mine.page.getByText(/Votre merci est parti/).waitFor();
  const theirs = await visit(browser(), { as: helps, javaScript: false });
  const told = theirs.page.getByRole('article').filter({ hasText: title });
  await expect
    .poll(
      async () => {
        await theirs.go('/avis');
        return told.filter({ hasText: /merci/i }).count();
      },
      { timeout: 15_000 },
    )
    .toBe(1);
  await theirs.go('/coups-de-main?vue=donnes');
  await favourOf(theirs.page, title).getByText('Merci, ma boîte débordait.').waitFor();
  expect(await favourOf(theirs.page, title).textContent()).toMatch(/30.minutes/);
});
