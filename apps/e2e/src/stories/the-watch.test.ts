import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { useBrowser, type Visit, visit } from '../harness/browser.ts';
import { type Person, resident, signIn } from '../harness/caller.ts';
import { inDatabase, layInDaylight, runNow } from '../harness/database.ts';
import { parts, watched } from '../harness/watched.ts';

const browser = useBrowser();
const complaints: string[] = [];
const wrongs = async (page: Page) => (await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id);
const lines = (page: Page) => page.getByRole('main').textContent();
const press = (page: Page | Locator, name: string) => page.getByRole('button', { name, exact: true }).click();

const opens = async (as: Person, path: string, javaScript = true): Promise<Visit> => {
  const seen = await visit(browser(), { as, javaScript });
  await seen.go(path);
  return seen;
};
const leave = async (seen: Visit): Promise<void> => {
  complaints.push(...seen.complaints);
  await seen.context.close();
};

/** The person joins on their screen, by themselves. */
const join = async ({ page }: Visit): Promise<void> => {
  await page.getByText('La veille n’est pas le registre de la mairie').waitFor();
  await page.getByRole('textbox', { name: /^Le nom à demander à la porte/ }).fill(watched.name);
  await page.getByRole('textbox', { name: /^Porte/ }).fill(watched.door);
  await page.getByRole('textbox', { name: /^Téléphone(?! du proche)/ }).fill(watched.phone);
  await page.getByRole('textbox', { name: /^Nom du proche 1/ }).fill(watched.contact);
  await page.getByRole('textbox', { name: /^Téléphone du proche 1/ }).fill(watched.contactPhone);
  await page.getByRole('checkbox', { name: /^J’accepte/ }).check();
  await press(page, 'M’inscrire');
  await page.getByText('C’est fait : vous êtes sur la veille.').waitFor();
};

const nameOf = async (one: Person): Promise<string> => {
  const { account } = JSON.parse((await one.get('/api/me')).text) as { account: { displayName: string } };
  return account.displayName;
};

/** The coordinator says who may read, names one for somebody whose name is not shown, and accepts who helps. */
const organise = async ({ page }: Visit, reader: Person, home: string, volunteers: string[]): Promise<void> => {
  await page.getByLabel('Adresse e-mail de son compte').fill(reader.email);
  await press(page, 'Ajouter');
  await page.getByText('C’est fait.', { exact: true }).waitFor();
  const seat = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: `Une personne, ${home}` }) });
  await seat.getByLabel('Qui').selectOption({ label: await nameOf(reader) });
  await seat.getByRole('button', { name: 'Nommer', exact: true }).click();
  await seat.getByText(/Annoncé, lira à partir du/).waitFor();
  await seat.getByText('Il manque encore un lecteur').waitFor();
  for (const name of volunteers) {
    const accepts = page.getByRole('button', { name: new RegExp(`^Accepter.* ${name}$`) });
    expect(await accepts.count()).toBe(1);
    await accepts.click();
    await accepts.waitFor({ state: 'detached' });
  }
  expect(await lines(page)).not.toMatch(/Zulmerinde|verrouazur|04 50/);
};

const checks = `watch_checks where person_id = (select id from watch_people where name = $1 and withdrawn_at is null)`;
const stateOf = async () => (await inDatabase(`select state from ${checks}`, [watched.name]))[0]?.state;

/** The time between two attempts goes by: whoever goes next may go. */
const laterThatDay = async (): Promise<void> => {
  await inDatabase(
    `update watch_checks set offered_at = now() - interval '1 minute' where id in (select id from ${checks}) and state = 'no-answer'`,
    [watched.name],
  );
  await runNow('rounds.tick');
  await expect.poll(stateOf, { timeout: 15_000, interval: 100 }).toBe('due');
};

/** Goes to the door of that residence, and nobody opens; other doors of the demo may wait on the same page. */
const goes = async ({ page }: Visit, home: string, way: string, sees: string[], hidden: string[]): Promise<void> => {
  const offer = page.getByRole('article').filter({ hasText: home });
  await offer.getByText(way).waitFor();
  expect(await lines(page)).not.toContain(watched.firstName);
  await offer.getByRole('button', { name: /^(J’y vais|Je téléphone)$/ }).click();
  await page.getByRole('heading', { name: watched.firstName }).waitFor();
  const words = await lines(page);
  expect([sees.filter((one) => !words?.includes(one)), hidden.filter((one) => words?.includes(one))]).toEqual([[], []]);
  await press(page, 'Pas de réponse');
  await page.getByRole('link', { name: /^15 Samu/ }).waitFor();
};

it('somebody joins the watch, a reader is named and announced, a round passes, nobody opens four times, a reader answers for the alarm, and the person reads who read them', {
  timeout: 120_000,
}, async () => {
  const { person: n, ...others } = parts;
  const [person, reader, volunteer, otherVolunteer, coordinator] = await Promise.all([
    resident(n),
    resident(others.reader),
    resident(others.volunteer),
    resident(others.otherVolunteer),
    signIn('coordinator-1'),
  ]);
  for (const one of [person, reader, volunteer, otherVolunteer])
    await one.call('PATCH', '/api/me', { body: { locale: 'fr' } });
  const { id: home, name } = (await person.get('/api/me')).json.resident.residence;
  const department = await layInDaylight(home);
  for (const one of [volunteer, otherVolunteer]) await one.post('/api/watch/volunteers', {});

  const lives = await opens(person, '/veille');
  await join(lives);
  const desk = await opens(coordinator, '/bureau/veille/organisation', false);
  await organise(desk, reader, name, await Promise.all([volunteer, otherVolunteer].map(nameOf)));
  await lives.go('/veille');
  await lives.page.getByText(/Annoncé, lira à partir du/).waitFor();
  await lives.page.getByText('Une deuxième personne sera nommée').waitFor();
  await lives.page.getByText('Personne n’a encore lu votre inscription.').waitFor();
  await leave(lives);
  await inDatabase(
    `update watch_readers set named_at = named_at - interval '49 hours', announced_at = announced_at - interval '49 hours', effective_at = effective_at - interval '49 hours'
      where person_id = (select id from watch_people where name = $1 and withdrawn_at is null)`,
    [watched.name],
  );

  await desk.go('/bureau/rondes');
  await desk.page.getByLabel('Département').selectOption(department);
  await desk.page.getByRole('radio', { name: /^Orange/ }).check();
  await press(desk.page, 'Ouvrir la ronde');
  await desk.page.getByText('La ronde est ouverte.').waitFor();
  await runNow('rounds.tick');
  await expect.poll(stateOf, { timeout: 15_000, interval: 100 }).toBe('due');

  const waits = await opens(volunteer, '/veille/passages', false);
  await goes(waits, name, 'Sonner à la porte', [watched.door], ['Okapivrac', watched.phone, watched.contact]);
  await leave(waits);
  await laterThatDay();
  const calls = await opens(reader, '/veille/passages', false);
  await goes(calls, name, 'Téléphoner', [watched.phone], [watched.contact]);
  await leave(calls);
  await laterThatDay();
  const rings = await opens(otherVolunteer, '/veille/passages', false);
  await goes(rings, name, 'Un autre voisin va sonner', [watched.door], ['Okapivrac', watched.phone]);
  await leave(rings);
  await laterThatDay();
  const board = await opens(reader, '/veille/tableau');
  const again = await opens(volunteer, '/veille/passages', false);
  await goes(again, name, 'Sonner à la porte', [watched.door], [watched.phone]);
  await leave(again);

  const alarm = board.page.getByRole('link', { name: 'Ouvrir l’alerte' });
  await alarm.click(); // came by itself
  await board.page.getByRole('link', { name: watched.contactPhone }).waitFor();
  expect(await wrongs(board.page)).toEqual([]);
  await desk.go('/bureau/rondes');
  await desk.page.getByText(new RegExp(`^Un passage attend.*${name}`)).waitFor();
  expect(await lines(desk.page)).not.toMatch(/Zulmerinde|verrouazur|04 50|Une alerte/);
  await press(board.page, 'Je m’en occupe');
  await board.page.getByText(/ s’en occupe depuis/).waitFor();
  await press(board.page, 'J’ai appelé un proche');
  await board.page.getByText(/J’ai appelé un proche \(/).waitFor();
  await press(board.page, 'Va bien, vu ou entendu');
  await board.page.getByText(/^Terminée par /).waitFor();
  await leave(board);
  const round = desk.page.getByRole('article').filter({ hasText: new RegExp(`Canicule.*département ${department}`) });
  await press(round, 'Fermer la ronde');
  await desk.page.getByText('La ronde est fermée.').waitFor();
  await leave(desk);

  const reads = await opens(person, '/veille');
  const list = reads.page.getByRole('region', { name: 'Qui m’a lu' });
  const read = await list.getByRole('listitem').allTextContents();
  expect(read.filter((line) => line.includes('(bénévole), la porte, pour une visite'))).toHaveLength(3);
  for (const what of ['dans sa liste', 'qui appeler', 'la porte, pour une visite'])
    expect(read.some((line) => line.includes(what) && !line.includes('(bénévole)'))).toBe(true);
  await press(reads.page, 'Me retirer de la veille');
  await reads.page.getByText('C’est fait : vous n’êtes plus sur la veille.').waitFor();
  await leave(reads);
  expect(complaints).toEqual([]);
});
