import { expect, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { signIn } from '../harness/caller.ts';

const browser = useBrowser();

it('a coordinator sets a colour by hand without a source, a neighbour reads it, and it is taken back, without scripts', {
  timeout: 60_000,
}, async () => {
  const [coordinator, neighbour] = await Promise.all([signIn('coordinator-1'), signIn('resident-006')]);
  const sets = await visit(browser(), { as: coordinator, javaScript: false });
  await sets.go('/meteo');
  await sets.page.getByText('Aucune carte n’est branchée').waitFor();
  const choose = async (colour: string) => {
    await sets.page.getByLabel('Couleur').selectOption({ label: colour });
    await sets.page.getByRole('button', { name: 'Régler cette couleur' }).click();
    await sets.page.getByText('La couleur est réglée').waitFor();
  };
  await choose('Orange');

  const reads = await visit(browser(), { as: neighbour, javaScript: false });
  await reads.go('/moi');
  await reads.page.getByRole('link', { name: 'Voir les couleurs' }).click();
  const byHand = reads.page.getByRole('heading', { name: 'Réglée à la main : orange' });
  await byHand.waitFor();
  expect(await reads.page.getByLabel('Couleur').count()).toBe(0);

  await choose('Suivre de nouveau Météo-France');
  await reads.go('/meteo');
  expect(await byHand.count()).toBe(0);
  expect([...sets.complaints, ...reads.complaints]).toEqual([]);
});

it('a referent who reads the page sees a colour set by hand arrive by itself', { timeout: 60_000 }, async () => {
  const [coordinator, referent] = await Promise.all([signIn('coordinator-1'), signIn('referent-1')]);
  const reads = await visit(browser(), { as: referent });
  await reads.go('/meteo?danger=cold');
  const { charge } = JSON.parse((await coordinator.get('/api/weather')).text) as { charge: { id: string }[] };
  const [territory] = charge;
  const set = (colour: string | null) =>
    coordinator.post(`/api/territories/${territory?.id}/weather`, { department: '01', hazard: 'cold', colour });
  expect((await set('yellow')).status).toBe(204);
  const byHand = reads.page.getByRole('heading', { name: 'Réglée à la main : jaune' });
  await byHand.waitFor({ timeout: 20_000 });
  expect((await set(null)).status).toBe(204);
  await byHand.waitFor({ state: 'detached', timeout: 20_000 });
  expect(reads.complaints).toEqual([]);
});

it('what is typed in the letter to the town hall leaves the browser for nowhere', { timeout: 60_000 }, async () => {
  const reader = await visit(browser(), { as: await signIn('resident-007') });
  await reader.go('/registre-mairie');
  const sent: string[] = [];
  reader.page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
  const name = reader.page.getByLabel('Nom et prénom');
  await name.fill('Zénaïde Zphtrail');
  await name.press('Enter');
  await reader.go('/maltraitance');
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.filter((each) => /z(é|%c3%a9)na|zphtrail/i.test(each))).toEqual([]);
  await reader.page.goBack();
  expect(await reader.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain(
    'Zphtrail',
  );
  expect(reader.complaints).toEqual([]);
});
