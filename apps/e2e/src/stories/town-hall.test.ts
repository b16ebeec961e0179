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
