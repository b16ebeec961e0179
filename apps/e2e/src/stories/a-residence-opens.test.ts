import { expect, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { Caller, signIn } from '../harness/caller.ts';

const browser = useBrowser();

it('a residence is opened from a list, gets a referent and a poster, and a neighbour enters with it', {
  timeout: 120_000,
}, async () => {
  const name = `Les Noisetiers ${Date.now() % 1000}`;
  const [coordinator, referent] = await Promise.all([signIn('coordinator-1'), signIn('referent-3')]);
  const opens = await visit(browser(), { as: coordinator, javaScript: false });
  await opens.go('/bureau/territoire');
  await opens.page.getByText('Importer une liste (CSV)').click();
  const list = `nom;adresse;code_insee;logements;escaliers;latitude;longitude\n${name};12 rue des Noisetiers;01173;24;A|B;46,3339;6,0577\n`;
  await opens.page.getByLabel('Le fichier').setInputFiles({
    name: 'residences.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(list),
  });
  await opens.page.getByRole('button', { name: 'Vérifier sans rien ouvrir' }).click();
  await opens.page.getByText(/^1 à ouvrir/).waitFor();
  await opens.page.getByRole('button', { name: 'Ouvrir ces résidences' }).click();
  await opens.page.getByText(/^1 ouvertes?/).waitFor();
  await opens.page.getByRole('link', { name }).click();
  await opens.page.getByLabel('L’adresse e-mail de son compte').fill(referent.email);
  await opens.page.getByRole('button', { name: 'Nommer' }).click();
  await opens.page.getByRole('listitem').filter({ hasText: 'Leonor, référence' }).waitFor();
  await opens.context.close();

  const prints = await visit(browser(), { as: referent, javaScript: false });
  await prints.go('/bureau/residences');
  await prints.page.getByRole('link', { name }).click();
  await prints.page.getByRole('link', { name: 'Imprimer une affiche, des papiers' }).click();
  await prints.page.getByRole('button', { name: 'Préparer' }).click();
  const code = (await prints.page.locator('[data-code]').textContent())?.trim() ?? '';

  const enters = await visit(browser(), { as: new Caller('entering'), javaScript: false });
  await enters.go(`/entrer?code=${encodeURIComponent(code)}`);
  await enters.page.getByRole('heading', { level: 1, name }).waitFor();
  await enters.page.getByLabel('Votre prénom').fill('Odile');
  await enters.page.getByLabel('Votre adresse e-mail').fill(`odile.${Date.now()}@palier.test`);
  await enters.page.getByLabel('Choisissez un mot de passe').fill('une petite phrase à moi');
  await enters.page.getByRole('checkbox', { name: /18 ans/ }).check();
  await enters.page.getByRole('checkbox', { name: /lu la charte/ }).check();
  await enters.page.getByRole('main').getByRole('button', { name: 'Entrer' }).click();
  await enters.page.getByText('Bienvenue, Odile').waitFor();
  expect([...opens.complaints, ...prints.complaints, ...enters.complaints]).toEqual([]);
});
