import { expect, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { signIn } from '../harness/caller.ts';
import { ask } from '../harness/neighbour.ts';

const browser = useBrowser();
type Line = { action: string; subjectId: string | null };

const title = 'Qui peut garder mon vélo samedi ?';

it('a report hides a post, its author reads why and appeals, and another examines and restores it', {
  timeout: 120_000,
}, async () => {
  const author = await signIn('resident-007');
  const neighbour = await signIn('resident-004');
  const postId = await ask(author, title);

  const reports = await visit(browser(), { as: neighbour, javaScript: false });
  await reports.page.goto(`/annonces/${postId}`);
  await reports.page.getByText('Signaler ou ne plus croiser').click();
  await reports.page.getByRole('link', { name: 'Signaler cette annonce' }).click();
  await reports.page.getByRole('radio', { name: 'Cela ressemble à une arnaque' }).check();
  await reports.page.getByRole('textbox', { name: /^Voulez-vous préciser/ }).fill('Ce vélo n’existe pas.');
  await reports.page.getByRole('button', { name: 'Envoyer le signalement' }).click();
  await reports.page.getByText('Votre signalement est transmis').waitFor();
  await reports.context.close();

  const referent = await signIn('referent-1');
  const rules = await visit(browser(), { as: referent });
  await rules.go('/bureau');
  await rules.page.getByRole('link', { name: `Examiner : ${title}` }).click();
  await rules.page.getByText('Ce vélo n’existe pas.').waitFor();
  await rules.page.getByLabel('Une phrase pour la personne').fill('Cette annonce semble trompeuse.');
  await rules.page.getByText('Autre décision', { exact: true }).click();
  await rules.page.getByRole('radio', { name: 'Masquer' }).check();
  await rules.page.getByRole('button', { name: 'Décider ainsi' }).click();
  await rules.page.getByText('C’est décidé').waitFor();
  expect((await neighbour.get(`/api/posts/${postId}`)).status).toBe(404);
  await rules.go('/bureau?vue=decide');
  const casePath = await rules.page.getByRole('link', { name: `Examiner : ${title}` }).getAttribute('href');
  await rules.go('/bureau/journal');
  await rules.page.getByText('Dossier : texte masqué').first().waitFor();
  const log = await referent.get('/api/audit?action=case.look&limit=100');
  const lines = (JSON.parse(log.text) as { items: Line[] }).items;
  const opened = lines.filter(({ action, subjectId }: Line) => action === 'case.look' && subjectId === postId);
  expect(opened).toHaveLength(1);
  expect(rules.complaints).toEqual([]);
  await rules.context.close();

  const appeals = await visit(browser(), { as: author });
  await appeals.go(`/decisions/${casePath?.split('/').at(-1)}`);
  await appeals.page.getByText('Cette annonce semble trompeuse.').waitFor();
  await appeals.page.getByLabel('Votre réponse').fill('Mon vélo existe, venez le voir.');
  await appeals.page.getByRole('button', { name: 'Faire appel' }).click();
  await appeals.page.getByText('Votre appel est reçu').waitFor();
  const statement = appeals.page.url();

  const answers = await visit(browser(), { as: await signIn('coordinator-1'), javaScript: false });
  await answers.page.goto(casePath ?? '');
  await answers.page.getByText('Mon vélo existe, venez le voir.').waitFor();
  await answers.page.getByLabel('Une phrase pour la personne').fill('Le vélo existe bien.');
  await answers.page.getByRole('button', { name: 'Annuler la décision' }).click();
  await answers.page.getByText('C’est décidé').waitFor();

  await appeals.page.goto(statement);
  await appeals.page.getByText('Cette décision a été annulée').waitFor();
  expect((await neighbour.get(`/api/posts/${postId}`)).status).toBe(200);
  expect(appeals.complaints).toEqual([]);
});
