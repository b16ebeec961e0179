import { expect, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { Caller, resident } from '../harness/caller.ts';
import { linkIn, mailTo, oneClickOf } from '../harness/mails.ts';
import { accept, ask } from '../harness/neighbour.ts';

const browser = useBrowser();
const stale = 'Ce lien n’est plus valable';

it('a relative is asked, says yes, hears, and stops it in one click from their mail program, never signed in', {
  timeout: 60_000,
}, async () => {
  const relative = `fille.${Date.now()}@palier.test`;
  const [author, helper] = await Promise.all([resident(12), resident(14)]);
  const onBehalfOf = { name: 'Jeanne', consent: 'spoken', copy: { email: relative, agreed: true } };
  const postId = await ask(author, 'Qui peut prendre un pain en rentrant ?', { onBehalfOf });
  const asked = await mailTo(relative, 'tenu au courant');
  const { page, go, complaints, strangers } = await visit(browser());
  for (let times = 0; times < 2; times++) {
    await go(linkIn(asked, '/proche'));
    await page.getByRole('button', { name: 'Oui, tenez-moi au courant' }).click();
    await page.getByRole('status').getByText('C’est noté').waitFor();
  }

  await accept(helper, postId);
  const told = await mailTo(relative, 'Quelqu’un a dit oui');
  for (const words of [told.text ?? '', String(told.html)]) expect(words).not.toMatch(/Jeanne|pain|demo\.palier/);
  const stop = oneClickOf(told);
  const oneClick = () =>
    fetch(stop, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }), redirect: 'manual' });
  expect([(await oneClick()).status, (await oneClick()).status]).toEqual([204, 204]);

  await go(linkIn(asked, '/proche'));
  await page.getByRole('button', { name: 'Oui, tenez-moi au courant' }).click();
  await page.getByText(stale).waitFor();
  await go(stop);
  await page.waitForURL('**/proche?fin=**');
  await page.getByRole('main').getByRole('button').click();
  await page.getByRole('status').getByText('Nous ne vous écrirons plus').waitFor();
  await go(`${linkIn(asked, '/proche').slice(0, -1)}~`);
  await page.getByRole('button', { name: 'Oui, tenez-moi au courant' }).click();
  await page.getByText(stale).waitFor();
  expect([complaints.filter((text) => !text.includes('/proche')), strangers]).toEqual([[], []]);
});

it('a link to choose a new password works once; the second time the page says so and offers another', async () => {
  const someone = await resident(47);
  const { page, go } = await visit(browser(), { as: new Caller(someone.reader) });
  await go('/mot-de-passe/oublie');
  await page.getByLabel('Adresse e-mail').fill(someone.email);
  await page.getByRole('main').getByRole('button').click();
  const link = linkIn(await mailTo(someone.email, 'mot de passe'), '/mot-de-passe');
  expect(link).not.toBe('');
  const choose = async (password: string) => {
    await go(link);
    await page
      .getByLabel(/mot de passe/i)
      .first()
      .fill(password);
    await page.getByRole('main').getByRole('button').last().click();
  };
  await choose('palier-demo de nouveau');
  await page.waitForURL((url) => !url.pathname.startsWith('/mot-de-passe'));
  await choose('une autre phrase encore');
  await page.getByRole('heading', { name: 'Ce lien ne marche plus' }).waitFor();
  await page.getByRole('link', { name: 'Recevoir le lien' }).waitFor();
  expect((await someone.get('/api/me')).status).toBe(401);
});
