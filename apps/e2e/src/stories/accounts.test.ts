import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { Caller, resident } from '../harness/caller.ts';
import { linkIn, mailTo } from '../harness/mails.ts';

const browser = useBrowser();

/** The poster codes of the demo, as its console says where to find them. */
const posterCodes = (): string[] =>
  Object.values(
    JSON.parse(readFileSync(join(inject('dataDir'), 'demo-invitations.json'), 'utf8')) as Record<string, string>,
  );

describe('a neighbour who found a code in the hall', () => {
  it('enters with a name, an e-mail and a password, then confirms the address from the mail', async () => {
    const email = 'nadia.entree@palier.test';
    const { page, go, complaints } = await visit(browser(), { as: new Caller('entering') });
    await go('/');
    await page.getByLabel('Le code de votre résidence').fill(posterCodes()[0] ?? '');
    await page.getByRole('button', { name: 'Entrer' }).click();

    await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toMatch(/, /); // the residence, its commune
    await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
    await page.getByLabel('Votre prénom').fill('Nadia');
    await page.getByLabel('Votre adresse e-mail').fill(email);
    await page.getByLabel('Choisissez un mot de passe').fill('une petite phrase à moi');
    await page.getByRole('checkbox', { name: /18 ans/ }).check();
    await page.getByRole('checkbox', { name: /lu la charte/ }).check();
    await page.getByRole('main').getByRole('button', { name: 'Entrer' }).click();
    await page.waitForURL('**/autour**');
    await page.getByText('Bienvenue, Nadia').waitFor();

    await page.goto(linkIn(await mailTo(email), '/confirmer'));
    await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'C’est bien mon adresse' }).click();
    await page.getByText('Merci, votre adresse est confirmée').waitFor();
    expect(complaints).toEqual([]);
  });

  it('is told kindly when the code is not one', async () => {
    const { page, go } = await visit(browser());
    await go('/entrer?code=ABCD-EFGH-JKMN');
    const field = page.getByLabel('Le code', { exact: true });
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await field.inputValue()).toBe('ABCD-EFGH-JKMN');
  });
});

describe('someone with an account', () => {
  it('signs in, comes back to where they were going, and leaves', async () => {
    const { page, go, complaints } = await visit(browser(), { as: new Caller('resident-048') });
    await go('/coups-de-main');
    await page.waitForURL('**/connexion?back=**');
    await page.getByLabel('Adresse e-mail').fill('resident-048@demo.palier.test');
    await page.getByLabel('Mot de passe', { exact: true }).fill('palier-demo');
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await page.waitForURL('**/coups-de-main');
    await go('/moi');
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await page.getByText('Votre session est fermée').waitFor();
    await go('/moi');
    await page.waitForURL('**/connexion?back=**');
    expect(complaints).toEqual([]);
  });

  it('is not told which of the two was wrong', async () => {
    const said: (string | null)[] = [];
    for (const email of ['resident-048@demo.palier.test', 'personne@demo.palier.test']) {
      const { page, go } = await visit(browser(), { as: new Caller('resident-048') });
      await go('/connexion');
      await page.getByLabel('Adresse e-mail').fill(email);
      await page.getByLabel('Mot de passe', { exact: true }).fill('pas le bon mot de passe');
      await page.getByRole('button', { name: 'Se connecter' }).click();
      said.push(await page.getByRole('alert').textContent());
      expect(await page.getByLabel('Adresse e-mail').inputValue()).toBe(email);
    }
    expect(said[0]).toBe(said[1]);
  });

  it('keeps large text and English on every page, on every device', async () => {
    const someone = await resident(49);
    const { page, go } = await visit(browser(), { as: someone });
    await go('/moi');
    const size = () => page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));
    const before = await size();
    await page.getByRole('button', { name: 'Grand texte' }).click();
    await expect.poll(size).toBeGreaterThan(before);
    await page.getByRole('button', { name: 'English' }).click();
    await page.locator('html[lang=en][data-hydrated]').waitFor({ state: 'attached' });
    expect(await size()).toBeGreaterThan(before);
    const elsewhere = await someone.get('/autour', { headers: { 'accept-language': 'fr' } });
    expect(elsewhere.text).toContain('<html lang="en"');
  });
});
