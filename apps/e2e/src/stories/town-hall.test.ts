import { expect, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { signIn } from '../harness/caller.ts';

const browser = useBrowser();

it('an officer reads a month without scripts, by the keyboard, and hidden figures say so', {
  timeout: 90_000,
}, async () => {
  const officer = await signIn('officer-01173');
  const reads = await visit(browser(), { as: officer, javaScript: false, width: 375 });
  await reads.go('/bureau');
  const { page } = reads;
  await page.getByRole('heading', { level: 1, name: 'L’entraide à Gex' }).waitFor();
  await page.getByText(/voisins environ ont pris part/).waitFor();
  expect(await page.getByText('Masqué', { exact: true }).count()).toBeGreaterThan(0);
  await page.getByText(/Un chiffre masqué n’est pas un zéro/).waitFor();
  expect(await page.getByRole('img', { name: /sur 12 mois/ }).count()).toBeGreaterThan(3);
  const table = page.getByText('Voir le tableau').first();
  await table.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('table').first().getByRole('rowheader').first().waitFor();
  await page.getByRole('combobox', { name: 'Période' }).selectOption('now');
  await page.getByRole('button', { name: 'Montrer' }).press('Enter');
  await page.getByText(/le nombre de voisins y apparaît à partir de 15/).waitFor();
  expect(reads.complaints).toEqual([]);
});

it('the month leaves as a table, as data, on paper; and a hamlet’s figures are hidden, in English too', {
  timeout: 90_000,
}, async () => {
  const officer = await signIn('officer-01419');
  const reads = await visit(browser(), { as: officer, locale: 'en', dark: true });
  await reads.go('/bureau/commune');
  const { page, context } = reads;
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { level: 1, name: 'Mutual aid in Thoiry' }).waitFor();
  await page.getByText('The number of favours done is hidden, so that nobody is pointed at.').waitFor();
  const linkOf = async (name: string) =>
    new URL((await page.getByRole('link', { name }).getAttribute('href')) ?? '', page.url()).href;
  const csv = await context.request.get(await linkOf('Spreadsheet (CSV)'));
  expect([csv.status(), csv.headers()['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
  expect((await context.request.get(await linkOf('Data (JSON)'))).status()).toBe(200);
  const paper = await context.request.get(await linkOf('Two pages for the council (PDF)'));
  expect((await paper.body()).subarray(0, 5).toString()).toBe('%PDF-');
  expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
  expect([reads.complaints, reads.strangers]).toEqual([[], []]);
});

it('an officer says what an hour is reckoned at, opens the public page, and anyone reads it until it is closed', {
  timeout: 90_000,
}, async () => {
  const officer = await signIn('officer-01160');
  const sets = await visit(browser(), { as: officer, javaScript: false, width: 375 });
  const { page } = sets;
  await sets.go('/bureau/commune/reglages');
  await page.getByText('Aucun montant n’est fixé.').waitFor();
  await page.getByLabel('Montant d’une heure').fill('12,02');
  await page.getByLabel('Source légale').fill('Délibération du conseil, un essai');
  await page.getByRole('button', { name: 'Enregistrer ce montant' }).press('Enter');
  await page.getByText(/12,02\s€ de l’heure\.\sSource\s: Délibération/).waitFor();
  const reads = await visit(browser(), { width: 375 });
  expect((await reads.go('/communes/01160'))?.status()).toBe(404);
  await page.getByRole('button', { name: 'Ouvrir la page publique' }).press('Enter');
  await page.getByRole('link', { name: 'Voir la page publique' }).waitFor();
  expect((await reads.go('/communes/01160'))?.status()).toBe(200);
  await reads.page.getByRole('heading', { level: 1, name: /L’entraide à/ }).waitFor();
  const file = await reads.page.getByRole('link', { name: 'Tableur (CSV)' }).getAttribute('href');
  const csv = await reads.context.request.get(new URL(file ?? '', reads.page.url()).href);
  expect((await csv.text()).split('\r\n')[0]).toBe(
    'insee,commune,period,from,to,release,indicator,part,of,value,unit,suppressed',
  );
  await page.getByRole('button', { name: 'Fermer la page publique' }).press('Enter');
  await page.getByText('La page publique est fermée.').first().waitFor();
  expect((await reads.go('/communes/01160'))?.status()).toBe(404);
  expect([sets.complaints, reads.strangers]).toEqual([[], []]);
});

it('the file of the year is read and printed, and communes stand side by side with their table', {
  timeout: 90_000,
}, async () => {
  const year = await visit(browser(), { as: await signIn('officer-01173') });
  await year.go('/bureau/commune');
  await year.page.getByRole('link', { name: /Le dossier de l’année/ }).press('Enter');
  await year.page.getByRole('heading', { name: 'L’année en chiffres' }).waitFor();
  await year.page.getByText('Dossier « Ville des bons voisins »').waitFor();
  expect((await year.page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
  const side = await visit(browser(), { as: await signIn('coordinator-1'), javaScript: false, width: 375 });
  await side.go('/bureau/communes');
  await side.page.getByRole('combobox', { name: 'Indicateur' }).selectOption('favours');
  await side.page.getByRole('button', { name: 'Montrer' }).press('Enter');
  await side.page.getByRole('heading', { name: /Coups de main rendus/ }).waitFor();
  const table = side.page.getByRole('table', { name: 'Tous les chiffres du mois' });
  await table.getByRole('columnheader', { name: 'Gex' }).waitFor();
  expect(await table.getByText('Masqué').count()).toBeGreaterThan(3);
  expect([year.complaints, side.complaints]).toEqual([[], []]);
});
