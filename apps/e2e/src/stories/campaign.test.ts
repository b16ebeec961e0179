import { expect, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { resident, signIn } from '../harness/caller.ts';

const browser = useBrowser();

it('an officer opens the heatwave kit, a referent makes a post of a task in one tap and another for a neighbour without internet, a neighbour sees the card, the officer sees what came of it', {
  timeout: 120_000,
}, async () => {
  const [officer, coordinator, host, neighbour] = await Promise.all([
    signIn('officer-01160'),
    signIn('coordinator-1'),
    resident(204),
    resident(203),
  ]);
  for (const person of [host, neighbour]) await person.call('PATCH', '/api/me', { body: { locale: 'fr' } });
  const residenceId = (await host.get('/api/me')).json.resident.residence.id;
  const named = await coordinator.post(`/api/residences/${residenceId}/referents`, { email: host.email });
  expect(named.status).toBe(201);

  const offline = { displayName: 'Mme Roux', consent: 'spoken', adult: true };
  expect((await host.post(`/api/residences/${residenceId}/offline-residents`, offline)).status).toBe(201);

  const office = await visit(browser(), { as: officer, javaScript: false });
  await office.go('/bureau/campagnes');
  await office.page.getByLabel('Quel kit ?').selectOption({ label: 'Canicule' });
  await office.page.getByRole('button', { name: 'Ouvrir la campagne' }).click();
  await office.page.getByText('La campagne est ouverte. Les référents sont prévenus.').waitFor();
  const card = office.page.getByRole('article').filter({ hasText: 'Canicule' });
  await card.getByText(/^0 sur \d+$/).waitFor();

  const desk = await visit(browser(), { as: host, width: 375 });
  await desk.go('/avis');
  await desk.page.getByText('Une campagne s’ouvre').waitFor();
  await desk.go(`/bureau/residences/${residenceId}`);
  await desk.page.getByRole('button', { name: /Je m’en charge.*Je prête un ventilateur/ }).click();
  await desk.page.waitForURL(/\/annonces\/.+publiee/);

  await desk.go(`/bureau/residences/${residenceId}`);
  await desk.page.getByRole('link', { name: 'Ouvrir une tâche pour un voisin sans internet' }).click();
  const roux = desk.page.getByRole('listitem').filter({ hasText: 'Mme Roux' });
  await roux.getByText('De vive voix').click();
  await roux.getByRole('button', { name: 'Commencer (30 minutes)' }).click();
  await desk.page.getByRole('button', { name: /J’en ai besoin.*Fermer mes volets/ }).click();
  await desk.page.waitForURL(/\/annonces\/.+publiee/);

  const feed = await visit(browser(), { as: neighbour, width: 375 });
  await feed.go('/autour');
  await feed.page.getByText(/Canicule\s: on s’organise/).waitFor();
  await feed.page.getByRole('link', { name: 'Voir ce que vous pouvez proposer ou demander' }).click();
  const lent = feed.page.getByRole('listitem').filter({ hasText: 'Je prête un ventilateur' });
  await lent.getByText('C’est ouvert dans votre résidence').waitFor();
  await feed.page.getByRole('link', { name: 'Lire le kit et ses consignes' }).click();
  await feed.page.getByText('Une campagne est en cours').waitFor();
  const paper = (await feed.page.getByRole('link', { name: 'L’affiche du hall' }).getAttribute('href')) ?? '';
  expect(paper).toContain('commune=01160');
  const pdf = await feed.context.request.get(new URL(paper, feed.page.url()).href);
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');

  const downloads = card.locator('div').filter({ hasText: /^Papiers téléchargés/ });
  await expect
    .poll(
      async () => {
        await office.page.goto(new URL('/bureau/campagnes', office.page.url()).href);
        return (await downloads.textContent())?.trim().replaceAll(/\s+/g, ' ');
      },
      { timeout: 20_000, interval: 300 },
    )
    .toBe('Papiers téléchargés 1');
  await card.getByText(/^1 sur \d+$/).waitFor();
  expect(await card.getByText('Masqué', { exact: true }).count()).toBe(2);
  await card.getByRole('button', { name: /Terminer/ }).click();
  await office.page.getByRole('columnheader', { name: /Canicule/ }).waitFor();
  await feed.go('/autour');
  expect(await feed.page.getByText(/Canicule\s: on s’organise/).count()).toBe(0);
  expect([office, desk, feed].flatMap(({ complaints, strangers }) => [...complaints, ...strangers])).toEqual([]);
});
