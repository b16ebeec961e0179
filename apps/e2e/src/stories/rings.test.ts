import { expect, it, onTestFinished } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { resident } from '../harness/caller.ts';
import { layAllInDaylight } from '../harness/database.ts';
import { accept, ask, cardOf } from '../harness/neighbour.ts';

const browser = useBrowser();

/** How far an ask has gone: in numbers, but for rings of fewer than three. */
const told = (where: string) => new RegExp(`^(\\d+|Au moins \\d+) voisins prévenus, ${where}\\.$`);

it('an author sees how far the ask has gone, as it goes, and widens it; a neighbour who was told finds it with its reasons; whoever opens it too late reads kindly that it is taken', {
  timeout: 60_000,
}, async () => {
  const title = 'Qui peut me rapporter du pain demain ?';
  await layAllInDaylight();
  const [author, neighbour, quick] = await Promise.all([resident(1), resident(4), resident(5)]);
  const asks = await visit(browser(), { as: author });
  const main = asks.page.getByRole('main');
  await asks.go('/demander');
  await asks.page.getByRole('textbox', { name: 'Une phrase suffit' }).fill(title);
  await asks.page.getByRole('radio', { name: 'Cette semaine' }).check();
  await asks.page.getByRole('radio', { name: /^Mon quartier/ }).check();
  await asks.page.getByRole('button', { name: 'Voir avant de publier' }).click();
  await asks.page.getByRole('button', { name: 'Publier', exact: true }).click();
  await main.getByText(told('dans votre escalier')).waitFor();
  await asks.page.getByText('Si personne ne répond, nous irons plus loin, dans votre résidence').waitFor();
  await asks.page.getByRole('button', { name: 'Élargir maintenant, dans votre résidence' }).click();
  await main.getByText(told('dans votre résidence')).waitFor();

  const postId = new URL(asks.page.url()).pathname.split('/').at(-1) ?? '';
  // Another device of theirs goes further: this page says so by itself.
  const { status } = await author.post(`/api/posts/${postId}/widen`, { to: 'near-300' });
  expect(status).toBe(200);
  await main.getByText(told('jusqu’à 300.m')).waitFor();

  // What fits it comes and goes under the author's eyes.
  const offered = 'Je rapporte du pain quand vous voulez';
  const offerId = await ask(neighbour, offered, { kind: 'offer', audience: 'residence' });
  await asks.page.getByRole('heading', { name: 'Des offres qui conviennent' }).waitFor();
  await cardOf(asks.page, offered)
    .getByText(/Convient\s:/)
    .waitFor();
  expect((await neighbour.post(`/api/posts/${offerId}/withdraw`, { reason: 'mistake' })).status).toBe(200);
  await cardOf(asks.page, offered).waitFor({ state: 'detached' });

  const helps = await visit(browser(), { as: neighbour });
  await helps.go('/autour');
  await helps.page.getByText('Affiner', { exact: true }).click();
  await helps.page.getByLabel('Dans quel ordre').selectOption({ label: 'Pour vous' });
  await helps.page.getByRole('button', { name: 'Voir les annonces' }).click();
  await helps.page.waitForURL('**/autour?**sort=best**');
  const card = cardOf(helps.page, title);
  expect(await card.textContent()).toMatch(/Pour vous\s:\s.*même résidence/);

  await accept(quick, postId);
  await asks.page.getByText(/ a dit oui$/).waitFor();
  await helps.go('/avis');
  const notice = helps.page.getByRole('article').filter({ hasText: title });
  expect(await notice.textContent()).toContain('C’est pris, merci');
  await notice.getByRole('button', { name: /^Voir l’annonce/ }).click();
  await helps.page.getByText('Quelqu’un a déjà dit oui. Votre geste compte quand même.').waitFor();
  for (const { complaints } of [asks, helps]) expect(complaints).toEqual([]);
});

it('an alert that a neighbour saves tells them of what they asked for, until they pause it with one tap', {
  timeout: 60_000,
}, async () => {
  await layAllInDaylight();
  const [author, keen, other] = await Promise.all([resident(2), resident(12), resident(13)]);
  const saved = async (caller: typeof keen) => (await caller.get('/api/interests')).json.items;
  onTestFinished(async () => {
    for (const caller of [keen, other])
      for (const { id } of await saved(caller)) await caller.call('DELETE', `/api/interests/${id}`);
  });
  const { page, go, complaints } = await visit(browser(), { as: keen });
  await go('/moi/interets');
  await page.getByRole('radio', { name: 'Couture, retouches' }).check();
  await page.getByRole('radio', { name: /2.km/ }).check();
  await page.getByRole('button', { name: 'Me prévenir' }).click();
  await page.waitForURL('**/moi?note=interet');

  await go('/avis');
  const sewing = { category: 'sewing', audience: 'neighbourhood' };
  const heard = 'Qui sait raccourcir un rideau ?';
  await ask(author, heard, sewing);
  const notices = page.getByRole('article').filter({ hasText: 'Une annonce qui vous intéresse' });
  await notices.filter({ hasText: heard }).waitFor();

  await go('/moi');
  await page.getByRole('button', { name: 'Mettre en pause : Couture, retouches' }).click();
  await page.getByRole('button', { name: 'Reprendre : Couture, retouches' }).waitFor();
  await page.getByText('(en pause)').waitFor();
  expect((await other.post('/api/interests', { category: 'sewing', withinM: 2000 })).status).toBe(201);
  const unheard = 'Qui sait recoudre un bouton ?';
  await ask(author, unheard, sewing);
  const titles = async (caller: typeof keen) => (await caller.get('/api/notifications')).text;
  // The two would be told in one breath: once the other has heard, this one was left in peace.
  await expect.poll(() => titles(other), { timeout: 15_000, interval: 250 }).toContain(unheard);
  expect(await titles(keen)).not.toContain(unheard);
  expect(complaints).toEqual([]);
});
