import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { Caller } from '../harness/caller.ts';

const browser = useBrowser();

it('whoever moves says their stair and floor, without JavaScript', { timeout: 60_000 }, async () => {
  const file = readFileSync(join(inject('dataDir'), 'demo-invitations.json'), 'utf8');
  const codes = Object.values(JSON.parse(file) as Record<string, string>);
  const mover = new Caller('mover');
  const invitations = await Promise.all(codes.map((code) => mover.get(`/api/invitations/${code}`)));
  const homes = invitations.map(({ json }, n) => ({
    code: codes[n] ?? '',
    name: json.residence.name,
    stairs: json.stairs,
  }));
  const to = homes.find(({ stairs }) => stairs.length > 1);
  const from = homes.find((home) => home !== to);
  if (!to || !from) throw new Error('the demo has two residences, one with stairs');
  const person = {
    displayName: 'Nadine',
    email: `nadine-${Date.now()}@example.test`,
    password: 'une phrase de voisins',
  };
  expect((await mover.post('/api/residents', { code: from.code, ...person, adult: true })).status).toBe(201);

  const { page, complaints } = await visit(browser(), { as: mover, javaScript: false });
  await page.goto('/moi/residence');
  await page.getByText('Vous déménagez').click();
  await page.getByRole('textbox', { name: 'code' }).fill(to.code);
  await page.getByRole('button', { name: 'Continuer' }).click();
  await page.getByText(to.name).waitFor();
  await page.getByRole('combobox', { name: 'Votre escalier' }).selectOption(to.stairs[1]?.id ?? '');
  await page.getByRole('spinbutton', { name: 'Votre étage' }).fill('3');
  await page.getByRole('button', { name: 'Changer de résidence' }).click();
  await page.getByText('Bienvenue dans votre nouvelle résidence').waitFor();
  const { resident, residence } = (await mover.get('/api/me')).json;
  expect([residence.name, resident.stair?.id, resident.floor]).toEqual([to.name, to.stairs[1]?.id, 3]);
  expect(complaints).toEqual([]);
});
