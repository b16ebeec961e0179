import { expect, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { resident } from '../harness/caller.ts';

const browser = useBrowser();
const dayMs = 86_400_000;
const iso = (at: number) => new Date(at).toISOString();

it('without JavaScript a weekly ask skips a date and finds the same person each time', {
  timeout: 120_000,
}, async () => {
  const [asks, helps] = [await resident(6), await resident(7)];
  const from = Math.floor((Date.now() + 2 * dayMs) / 3_600_000) * 3_600_000;
  const { json } = await asks.post('/api/posts', {
    kind: 'request',
    category: 'errands',
    title: 'Le marché du mardi',
    audience: 'residence',
    window: { from: iso(from), to: iso(from + 3_600_000) },
    repeats: { every: 'week', until: iso(from + 60 * dayMs) },
  });
  await helps.post(`/api/posts/${json.post.id}/favours`, {});
  const mine = await visit(browser(), { as: asks, javaScript: false });
  await mine.page.goto('/coups-de-main');
  await mine.page.goto(`/coups-de-main/series/${json.post.seriesId}`);
  await mine.page
    .getByRole('button', { name: /^Sauter cette date/ })
    .nth(1)
    .click();
  await mine.page.getByText('Sautée').waitFor();
  await mine.page.getByRole('button', { name: /^Proposer à/ }).click();
  const theirs = await visit(browser(), { as: helps, javaScript: false });
  await theirs.page.goto(`/coups-de-main/series/${json.post.seriesId}`);
  await theirs.page.getByRole('button', { name: 'Oui, à chaque fois' }).click();
  await theirs.page.getByText(/Vous venez à chaque fois/).waitFor();
  await mine.page.goto('/coups-de-main/agenda');
  await mine.page.getByRole('button', { name: 'Créer mon adresse d’agenda' }).click();
  await mine.page.getByText(/\.ics$/).waitFor();
  await mine.page.goto(`/annonces/${json.post.id}`);
  expect([...mine.complaints, ...theirs.complaints]).toEqual([]);
});
