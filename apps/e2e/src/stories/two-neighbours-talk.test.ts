import { AxeBuilder } from '@axe-core/playwright';
import { expect, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { resident } from '../harness/caller.ts';
import { accept, ask, favourOf } from '../harness/neighbour.ts';

const browser = useBrowser();
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAABgAAAAQCAIAAACDRijCAAAAGklEQVR4nGPY4qZLFcQwatCoQaMGjRpEGQIAfj66kC3iDE4AAAAASUVORK5CYII=',
  'base64',
);

it('two neighbours talk, agree a time, show a door and take it back, and send one photo', {
  timeout: 90_000,
}, async () => {
  const title = 'Qui peut arroser mes tomates demain ?';
  const [a, b] = await Promise.all([resident(1), resident(2)]);
  await accept(b, await ask(a, title));
  const asks = await visit(browser(), { as: a });
  const helps = await visit(browser(), { as: b });
  await asks.go('/coups-de-main?vue=recus');
  await favourOf(asks.page, title).getByRole('link', { name: 'Ouvrir la conversation' }).click();
  await asks.page.waitForURL(/\/messages\/[0-9a-f-]{36}$/);
  await helps.go(new URL(asks.page.url()).pathname);

  await asks.page.getByRole('textbox', { name: 'Votre message' }).fill('Les tomates sont sur le balcon.');
  await asks.page.getByRole('button', { name: 'Envoyer', exact: true }).click();
  await helps.page.getByText('Les tomates sont sur le balcon.').waitFor();
  await asks.page.getByText(/^Lu par /).waitFor();
  await helps.page.getByRole('button', { name: 'Dans 10 minutes' }).click();
  await asks.page.getByRole('listitem').filter({ hasText: 'Dans 10 minutes' }).waitFor();

  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await helps.page.getByText('Proposer une heure').first().click();
  await helps.page.getByLabel('Jour').fill(tomorrow);
  await helps.page.getByLabel('Heure').fill('14:30');
  await helps.page.getByRole('button', { name: 'Proposer une heure' }).click();
  await asks.page.getByRole('button', { name: 'D’accord pour cette heure' }).click();
  await helps.page.getByText('C’est convenu :').waitFor();

  await asks.page.getByText('Partager ma porte').first().click();
  await asks.page.getByLabel('Étage').fill('3e');
  await asks.page.getByRole('button', { name: 'Partager ma porte' }).click();
  await helps.page.getByRole('heading', { name: /^La porte de / }).waitFor();
  await asks.page.getByRole('button', { name: 'Reprendre ma porte' }).click();
  await helps.page.getByRole('heading', { name: /^La porte de / }).waitFor({ state: 'detached' });

  await asks.page.getByText('Une photo', { exact: true }).click();
  await asks.page
    .locator('input[type=file]')
    .setInputFiles({ name: 'balcon.png', mimeType: 'image/png', buffer: picture });
  await asks.page.getByRole('button', { name: 'Envoyer la photo' }).click();
  await helps.page.getByRole('img', { name: /^Photo envoyée par / }).waitFor();

  for (const { page } of [asks, helps])
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  for (const { complaints } of [asks, helps]) expect(complaints).toEqual([]);
});
