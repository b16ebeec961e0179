import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { resident, signIn } from '../harness/caller.ts';
import { ask, cardOf, favourOf } from '../harness/neighbour.ts';

const browser = useBrowser();
const shots = process.env.OFFLINE_SHOTS;

describe('a neighbour without internet', () => {
  it('is helped through the referent, with a sheet of all that was done; the hall shows it', {
    timeout: 150_000,
  }, async () => {
    const name = `Mme Roux ${Date.now() % 1000}`;
    const title = `Qui peut descendre mon tri sélectif ${Date.now() % 1000} ?`;
    const [referent, neighbour] = await Promise.all([signIn('referent-1'), resident(2)]);
    const desk = await visit(browser(), { as: referent });
    const { page } = desk;
    const shoot = (step: string) => (shots ? page.screenshot({ path: `${shots}/${step}.png`, fullPage: true }) : null);
    const wrongsOf = async () => (await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id);

    const home = (await neighbour.get('/api/me')).json.residence.id;
    await desk.go(`/bureau/sans-internet?residence=${home}`);
    expect(await wrongsOf()).toEqual([]);
    await page.getByRole('textbox', { name: 'Le nom que les voisins verront' }).fill(name);
    await page.getByRole('group', { name: 'Comment a-t-elle donné son accord' }).getByText('De vive voix').click();
    await page.getByRole('checkbox', { name: 'Cette personne est majeure' }).check();
    await page.getByRole('button', { name: 'Inscrire', exact: true }).click();
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });
    await card.waitFor();
    await shoot('desk');

    await card.getByText(`Agir au nom de ${name}`).click();
    await card.getByText('De vive voix').click();
    await card.getByRole('button', { name: 'Commencer (30 minutes)' }).click();
    const banner = page.getByText(new RegExp(`Vous agissez pour ${name} · (29|30).min`));
    await banner.waitFor();
    await page.getByRole('textbox', { name: 'Une phrase suffit' }).fill(title);
    await page.getByRole('combobox', { name: 'Genre d’aide' }).selectOption('heavy-lifting');
    await page.getByRole('radio', { name: /^Ma résidence/ }).check();
    await page.locator('main summary').last().click();
    await page.getByRole('checkbox', { name: 'L’afficher aussi dans le hall' }).check();
    expect(await wrongsOf()).toEqual([]);
    await page.getByRole('button', { name: 'Voir avant de publier' }).click();
    await page.getByText('Dans le hall, on lira ceci').waitFor();
    await shoot('preview');
    await page.getByRole('button', { name: 'Publier', exact: true }).click();
    await page.getByText('C’est publié').waitFor();
    await banner.waitFor();
    await page.getByText('Publié par la personne référente pour un voisin').waitFor();
    await shoot('post');

    const helps = await visit(browser(), { as: neighbour });
    await helps.go('/autour?sort=recent'); // whatever else their own stair asks for by then
    await cardOf(helps.page, title)
      .getByRole('button', { name: /^Je peux aider/ })
      .click();
    await helps.page.getByText('Vous avez dit oui, merci').waitFor();

    await desk.go('/messages');
    await page.getByRole('main').getByRole('link', { name: title }).first().click();
    await page.waitForURL(/\/messages\/[0-9a-f-]{36}$/);
    await banner.waitFor();
    const words = 'Elle vous ouvre dès dix heures, sonnez deux fois.';
    await page.getByRole('textbox', { name: 'Votre message' }).fill(words);
    await page.getByRole('button', { name: 'Envoyer', exact: true }).click();
    await page.getByRole('main').getByText(words).waitFor();
    await helps.go(new URL(page.url()).pathname);
    await helps.page.getByRole('main').getByText(words).waitFor();
    await shoot('talk');

    const theirs = `Qui a un moule à gaufres ${Date.now() % 1000} ?`;
    await ask(neighbour, theirs, { category: 'lending' });
    await desk.go('/autour');
    await cardOf(page, theirs)
      .getByRole('button', { name: /^Je peux aider/ })
      .click();
    await page
      .getByText(/a dit oui|Vous avez dit oui/)
      .first()
      .waitFor();
    await helps.go('/coups-de-main?vue=recus');
    await favourOf(helps.page, theirs).getByText(name).first().waitFor();
    await helps.context.close();

    await desk.go('/moi');
    await page.getByText('Cette page est la vôtre').waitFor();
    await desk.go('/coups-de-main?vue=recus');
    const favour = page.locator('li[id^="coup-"]').filter({ hasText: title });
    await favour.getByText('C’est fait', { exact: true }).click();
    await favour.getByRole('textbox', { name: /^Un mot pour/ }).fill('Merci de la part de Mme Roux.');
    await favour.getByRole('button', { name: 'Oui, c’est fait' }).click();
    await page.getByText(/Votre merci est parti/).waitFor();
    await page.getByRole('button', { name: 'Arrêter' }).click();
    await page.waitForURL('**/bureau/sans-internet');
    await banner.waitFor({ state: 'detached' });
    await desk.go(`/bureau/sans-internet?residence=${home}`);

    await card.getByRole('link', { name: 'Fiche à imprimer' }).click();
    await page.getByRole('cell', { name: /Annonce publiée/ }).waitFor();
    expect(await page.getByRole('cell').allTextContents()).toEqual(
      expect.arrayContaining([
        expect.stringContaining('Remerciement envoyé'),
        expect.stringContaining(title),
        expect.stringContaining(theirs),
        expect.stringContaining('Message envoyé'),
        expect.stringContaining('Réponse'),
      ]),
    );
    expect(await wrongsOf()).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('button', { name: 'Imprimer' }).isVisible()).toBe(false);
    await shoot('sheet');
    await page.emulateMedia({ media: 'screen' });
    expect(desk.complaints).toEqual([]);
  });
});
