import { expect, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { resident } from '../harness/caller.ts';
import { ask, cardOf } from '../harness/neighbour.ts';

const browser = useBrowser();

it('a feed narrowed to one kind of help is sent of nothing else, and is whole again once it is wide', {
  timeout: 60_000,
}, async () => {
  const [author, reader] = await Promise.all([resident(1), resident(2)]);
  const { page, go, complaints } = await visit(browser(), { as: reader });
  let frames: string[] = [];
  const asked: string[] = [];
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => frames.push(String(payload)));
    socket.on('framesent', ({ payload }) => asked.push(String(payload)));
  });
  await go('/autour?category=pets');
  await expect.poll(() => asked.join(), { timeout: 10_000 }).toContain('"categories":["pets"]');
  await ask(author, 'Du gros sel pour ce soir');
  const walk = await ask(author, 'Qui promène Rex demain matin ?', { category: 'pets' });
  await cardOf(page, 'Qui promène Rex demain matin ?').waitFor();
  expect(frames.join()).not.toContain('Du gros sel');
  expect(frames.join()).toContain(walk);

  await page.getByRole('link', { name: /Affiner/ }).click();
  await page.getByRole('link', { name: 'Tout revoir' }).click();
  await cardOf(page, 'Du gros sel pour ce soir').waitFor();
  frames = [];
  const pepper = await ask(author, 'Du poivre pour demain');
  await cardOf(page, 'Du poivre pour demain').waitFor();
  expect(frames.join()).toContain(pepper);
  for (const title of ['Du gros sel pour ce soir', 'Qui promène Rex demain matin ?', 'Du poivre pour demain'])
    expect(await cardOf(page, title).count()).toBe(1);
  expect(complaints).toEqual([]);
});
