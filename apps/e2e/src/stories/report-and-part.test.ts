import { AxeBuilder } from '@axe-core/playwright';
import { expect, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { resident } from '../harness/caller.ts';
import { ask } from '../harness/neighbour.ts';

const browser = useBrowser();

it('without JavaScript one reports a post, chooses to meet its author no more, and undoes it', {
  timeout: 90_000,
}, async () => {
  const [a, b] = await Promise.all([resident(8), resident(10)]);
  const postId = await ask(a, 'Qui peut monter mes courses demain ?');
  for (const { javaScript, ...look } of [
    { javaScript: false, width: 375 },
    { javaScript: true, width: 1280, dark: true },
  ]) {
    const { page, go, complaints } = await visit(browser(), { as: b, javaScript, ...look });
    const isFineForAll = async () => {
      if (javaScript) expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    };
    await go(`/annonces/${postId}`);
    await page.getByText('Signaler ou ne plus croiser').click();
    await isFineForAll();
    await page.getByRole('link', { name: 'Signaler cette annonce' }).click();
    await page.getByRole('button', { name: 'Envoyer le signalement' }).waitFor();
    await isFineForAll();
    await page.getByRole('radio', { name: 'On demande de l’argent' }).check();
    await page.getByRole('button', { name: 'Envoyer le signalement' }).click();
    await page.getByText('Votre signalement est transmis').waitFor();
    await go(`/annonces/${postId}`);
    await page.getByText('Signaler ou ne plus croiser').click();
    await page.getByRole('button', { name: /^Ne plus croiser/ }).click();
    await page.getByText(/^Vous ne croiserez plus/).waitFor();
    await isFineForAll();
    await page.getByRole('button', { name: /^Revenir en arrière/ }).click();
    await page.getByText('de nouveau vous croiser').waitFor();
    await go('/moi');
    await isFineForAll();
    expect(complaints).toEqual([]);
  }
});
