import { expect, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { resident, signIn } from '../harness/caller.ts';

const browser = useBrowser();

it('an officer writes to the commune, publishes a number and a cool place; a neighbour reads them, and takes the heatwave kit', {
  timeout: 90_000,
}, async () => {
  const [officer, neighbour] = await Promise.all([signIn('officer-01160'), resident(205)]);
  await neighbour.call('PATCH', '/api/me', { body: { locale: 'fr' } });
  const desk = await visit(browser(), { as: officer, width: 375, javaScript: false });
  await desk.go('/bureau/ecrire');
  const { page } = desk;
  await page.getByText(/code électoral, article L\. 52-1/).waitFor();
  await page.getByLabel('À quel sujet ?').selectOption({ label: 'Travaux et circulation' });
  await page.getByRole('textbox', { name: /^Titre/ }).fill('Travaux rue du Mont');
  const text = page.getByRole('textbox', { name: /^Message/ });
  await text.fill('Appelez Madame Martin au 06 12 34 56 78.');
  await page.getByRole('button', { name: 'Envoyer' }).click();
  await page.getByRole('alert').waitFor();
  await text.fill('La rue sera fermée de lundi à mercredi.');
  await page.getByRole('button', { name: 'Envoyer' }).click();
  await page.getByText('Le message est parti.', { exact: false }).waitFor();
  await page.getByText(/Le suivant pourra partir le/).waitFor();
  await page.getByRole('textbox', { name: /^Service/ }).fill('Mairie');
  await page.getByRole('textbox', { name: /^Téléphone/ }).fill('04 50 28 00 00');
  await page.getByRole('button', { name: 'Ajouter ce numéro' }).click();
  await page.getByText('La liste est à jour.').waitFor();
  await desk.go('/bureau/lieux-frais');
  await page.getByRole('textbox', { name: /^Nom du lieu/ }).fill('Médiathèque');
  await page.getByRole('textbox', { name: /^Où/ }).fill('1 place du Marché');
  await page.getByRole('textbox', { name: /^Horaires/ }).fill('De 10 h à 18 h');
  await page.getByRole('textbox', { name: /^Sa place sur la carte/ }).fill('46.2563, 6.1081');
  await page.getByRole('button', { name: 'Ajouter un lieu' }).click();
  await page.getByText('Le lieu est ajouté.').waitFor();

  const feed = await visit(browser(), { as: neighbour, width: 375 });
  await feed.go('/autour');
  await feed.page.getByRole('link', { name: 'Lire le message de la mairie' }).click();
  await feed.page.getByText('La rue sera fermée de lundi à mercredi.').waitFor();
  await feed.page.getByRole('link', { name: '04 50 28 00 00' }).waitFor();
  await feed.page.getByRole('img', { name: /^Carte des lieux frais/ }).waitFor();
  await feed.go('/kits/heatwave');
  await feed.page.getByRole('heading', { name: '1. Médiathèque' }).waitFor();
  await feed.page.getByText(/De 10 h à 18 h/).waitFor();
  const href = (await feed.page.getByRole('link', { name: 'Tout le kit' }).getAttribute('href')) ?? '';
  const pdf = await feed.context.request.get(new URL(href, feed.page.url()).href);
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
  const told = (await neighbour.get('/api/notifications')).json.items as unknown as { title: string; href: string }[];
  expect(told.filter(({ href: path }) => path === '/mairie/01160').map(({ title }) => title)).toEqual([
    'Un message de la mairie',
  ]);
  expect([...feed.complaints, ...feed.strangers, ...desk.strangers]).toEqual([]);
});
