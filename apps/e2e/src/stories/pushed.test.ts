import { expect, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { resident } from '../harness/caller.ts';
import { ask } from '../harness/neighbour.ts';
import { deliver, PushDevice, permit, touch } from '../harness/push-device.ts';

const browser = useBrowser();
const start = { name: 'Me prévenir sur cet appareil' };

it('a browser that blocks notifications, or has no push service, says so in a sentence', async () => {
  const as = await resident(13);
  const blocked = await visit(browser(), { as });
  await blocked.go('/moi/prevenir');
  await blocked.page.getByText('Le navigateur bloque les notifications de Palier').waitFor();
  const without = await visit(browser(), { as, installs: true });
  await permit(without.page);
  await without.go('/moi/prevenir');
  await without.page.getByRole('button', start).click();
  await without.page.getByText('Ce navigateur n’a pas voulu').waitFor();
  await without.page.getByRole('button', start).waitFor();
  expect((await as.get('/api/me/push')).text).toContain('"devices":0');
});

it('an urgent ask is pushed to a device that was turned on, says no more than it must, and opens the post; signed out, after signing in', {
  timeout: 90_000,
}, async () => {
  const [reader, asks] = await Promise.all([resident(13), resident(14)]);
  const device = new PushDevice();
  const { page, context, go } = await visit(browser(), { as: reader, installs: true });
  await device.lend(page);
  await go('/moi/prevenir');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.getByRole('button', start).click();
  await page.getByText('Cet appareil vous prévient.').waitFor();
  expect((await reader.get('/api/me/push')).text).toContain('"devices":1');
  await page.getByRole('checkbox', { name: 'Me prévenir aussi la nuit quand c’est urgent' }).check();
  await page.getByLabel(/^Combien de demandes par jour/).selectOption('10');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.waitForURL('**/moi?note=prevenir');

  const [name, details] = ['Qui peut tenir la porte du bas ?', 'Au fond de la cour, la porte bleue.'];
  const postId = await ask(asks, name, { urgent: true, details });
  const path = `/annonces/${postId}`;
  const pushOf = () => device.heard().find(({ said }) => said.href === path);
  await expect.poll(pushOf, { timeout: 20_000, interval: 250 }).toBeDefined();
  const { text = '', said } = pushOf() ?? {};
  expect([said?.kind, said?.body]).toEqual(['ask', expect.stringContaining('Qui peut tenir la porte du bas')]);
  for (const hidden of ['porte bleue', asks.email, reader.email]) expect(text).not.toContain(hidden);
  expect(device.heard().filter(({ said: one }) => one.href === path)).toHaveLength(1);

  const [shown] = await deliver(page, text);
  expect(shown).toMatchObject({ title: said?.title, body: said?.body, href: path, lang: 'fr' });
  expect(await touch(context, path)).toBeNull();
  await page.waitForURL(`**${path}`);
  await page.getByRole('heading', { name }).waitFor();
  expect(await deliver(page, 'not what we send')).toMatchObject([{ title: 'Palier', href: '/avis' }]);

  await context.clearCookies();
  await go('/hors-connexion');
  expect(await touch(context, path)).toBeNull();
  await page.waitForURL('**/connexion?back=**');
  await page.getByLabel('Adresse e-mail').fill(reader.email);
  await page.getByLabel('Mot de passe', { exact: true }).fill('palier-demo');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.waitForURL(`**${path}`);
  await page.getByRole('heading', { name }).waitFor();

  expect(await touch(context, path, 'no window')).toBe(`${reader.origin}${path}`);
  expect(await touch(context, 'https://palier.example/vol', 'no window')).toBeNull();
});
