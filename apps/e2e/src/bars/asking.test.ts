import { expect, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { resident } from '../harness/caller.ts';

const browser = useBrowser();
const keyMs = 250;

it('asking, from the feed, takes three decisions at most besides the sentence, and 20 s at four characters a second', {
  timeout: 60_000,
}, async () => {
  const { page, go } = await visit(browser(), { as: await resident(5) });
  await go('/autour');
  let decisions = 0;
  const decide = async (group: RegExp, choice: RegExp) => {
    decisions++;
    await page.getByRole('group', { name: group }).getByRole('radio', { name: choice }).check();
  };
  const startedAt = performance.now();
  await page.getByRole('link', { name: 'Demander', exact: true }).click();
  const sentence = page.getByRole('textbox', { name: 'Une phrase suffit' });
  await sentence.pressSequentially('Porter mes courses au 3e étage', { delay: keyMs });
  await decide(/Pour quand/, /^Aujourd’hui/);
  await decide(/Qui peut le voir/, /^Ma résidence/);
  await page.getByRole('button', { name: 'Voir avant de publier' }).click();
  await page.getByRole('button', { name: 'Publier', exact: true }).click();
  await page.getByText('C’est publié').waitFor();
  const tookS = (performance.now() - startedAt) / 1000;
  console.log(`asking: ${decisions} decisions besides the sentence, ${tookS.toFixed(1)} s`);
  expect(decisions).toBeLessThanOrEqual(3);
  expect(tookS).toBeLessThanOrEqual(20);
});
