import { expect, it } from 'vitest';
import { useBrowser, visit } from '../harness/browser.ts';
import { type Caller, resident, signIn } from '../harness/caller.ts';
import { inDatabase, layInDaylight, runNow } from '../harness/database.ts';
import { oneTimeCode } from '../harness/one-time-code.ts';

const browser = useBrowser();
/** Residents of one residence where nobody of the demo is on the watch. */
const parts = { person: 119, volunteer: 122, reader: 117 };
const name = 'Ondelune Brisoton';
const firstName = 'Ondelune';
const theirs = `(select id from watch_people where name = $1 and withdrawn_at is null)`;
const checks = `watch_checks where person_id = ${theirs}`;

const made = async <T>(asked: ReturnType<Caller['post']>): Promise<T> => {
  const { status, text } = await asked;
  expect(status, text).toBeLessThan(300);
  return (text === '' ? {} : JSON.parse(text)) as T;
};
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Somebody joins, a reader is named and their 48 hours go by, a volunteer is accepted, a round opens: a check is due. */
const lay = async () => {
  const [person, volunteer, reader, coordinator] = await Promise.all([
    resident(parts.person),
    resident(parts.volunteer),
    resident(parts.reader),
    signIn('coordinator-1'),
  ]);
  const { id: home, name: homeName } = (await person.get('/api/me')).json.resident.residence;
  const department = await layInDaylight(home);
  const entry = { name, floor: 2, door: 'porte-ondelune', phone: '04 65 71 00 99', part: 'morning', consent: true };
  await made(person.post('/api/watch', entry));
  const { volunteer: offered } = await made<{ volunteer: { id: string } }>(volunteer.post('/api/watch/volunteers', {}));
  await made(coordinator.post(`/api/watch/volunteers/${offered.id}/accept`, {}));
  const { text } = await coordinator.get('/api/territories');
  const territoryId = (JSON.parse(text) as { items: { id: string }[] }).items[0]?.id ?? '';
  const role = { email: reader.email, endsOn: day(60) };
  const { grant } = await made<{ grant: { id: string } }>(
    coordinator.post(`/api/territories/${territoryId}/watch/readers`, role),
  );
  const [seat] = await inDatabase(`select id from watch_people where name = $1 and withdrawn_at is null`, [name]);
  const naming = { grantId: grant.id, endsOn: day(30) };
  await made(coordinator.post(`/api/watch/seats/${seat?.['id']}/readers`, naming));
  await inDatabase(
    `update watch_readers set named_at = named_at - interval '49 hours', announced_at = announced_at - interval '49 hours', effective_at = effective_at - interval '49 hours' where person_id = ${theirs}`,
    [name],
  );
  const asked = { territoryId, department, hazard: 'cold', colour: 'orange' };
  const { round } = await made<{ round: { id: string } }>(coordinator.post('/api/watch/rounds', asked));
  await runNow('rounds.tick');
  const stateOf = async () => (await inDatabase(`select state from ${checks}`, [name]))[0]?.['state'];
  await expect.poll(stateOf, { timeout: 15_000, interval: 100 }).toBe('due');
  return { person, volunteer, reader, coordinator, homeName, round, stateOf };
};

it('an answer given at a door without a network waits, says so, shows whom to call, and is sent once; a reader’s board asks for their telephone’s code', {
  timeout: 120_000,
}, async () => {
  const { volunteer, reader, coordinator, homeName, round, stateOf } = await lay();

  const { page, context, go, complaints } = await visit(browser(), { as: volunteer, installs: true });
  await go('/veille/passages');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.getByRole('main').locator('[role=status]').first().waitFor({ state: 'attached' }); // what keeps an answer is there
  const offer = page.getByRole('article').filter({ hasText: homeName });
  await offer.getByRole('button', { name: 'J’y vais', exact: true }).click();
  await page.getByRole('heading', { name: firstName }).waitFor();
  await page.getByText('porte-ondelune').waitFor();

  await context.setOffline(true);
  for (let presses = 0; presses < 2; presses++)
    await page.getByRole('button', { name: 'Pas de réponse', exact: true }).click();
  await page.getByRole('link', { name: /^15 Samu/ }).waitFor(); // first, and without asking anybody
  const waiting = page.getByRole('status').getByRole('listitem').filter({ hasText: 'Pas de réponse' });
  await waiting.waitFor();
  await page.getByText('En attente, sera envoyé').waitFor();
  expect([await waiting.count(), await stateOf()]).toEqual([1, 'claimed']);
  const backAt = new Date();
  await context.setOffline(false);
  await waiting.waitFor({ state: 'detached', timeout: 20_000 });
  await expect.poll(stateOf, { timeout: 10_000, interval: 100 }).toBe('no-answer');
  await page.getByRole('heading', { name: firstName }).waitFor({ state: 'detached' });
  const said = await inDatabase(
    `select a.id, a.outcome, a.answered_at < $2 as tapped, (select count(*)::int from audit u where u.subject_id = a.check_id and u.action = 'check.answer') as acts
      from watch_attempts a where a.check_id in (select id from ${checks})`,
    [name, backAt],
  );
  expect(said).toMatchObject([{ outcome: 'no-answer', tapped: true, acts: 1 }]);
  const again = await volunteer.post(`/api/watch/attempts/${said[0]?.['id']}/outcome`, { outcome: 'no-answer' });
  expect(again.status).toBe(200);
  expect(await inDatabase(`select attempts from ${checks}`, [name])).toEqual([{ attempts: 1 }]);
  expect(complaints.filter((line) => !/ERR_INTERNET_DISCONNECTED/.test(line))).toEqual([]);
  await context.close();

  const { key } = await made<{ key: string }>(reader.post('/api/me/second-factor', { password: 'palier-demo' }));
  const { recoveryCodes } = await made<{ recoveryCodes: string[] }>(
    reader.post('/api/me/second-factor/confirm', { code: oneTimeCode(key) }),
  );
  const later = await resident(parts.reader);
  for (const path of ['/api/watch/board', '/api/watch/visits', '/api/watch/people']) {
    const { status, json } = await later.get(path);
    expect([path, status, json.code]).toEqual([path, 403, 'factor.required']);
  }
  const reads = await visit(browser(), { as: later, javaScript: false });
  await reads.go('/veille/tableau');
  await reads.page.getByRole('heading', { name: 'Code à usage unique' }).waitFor();
  expect(await reads.page.locator('body').textContent()).not.toContain(firstName);
  await reads.page.getByLabel('Le code de votre téléphone').fill(recoveryCodes[0] ?? '');
  await reads.page.getByRole('button', { name: 'Continuer', exact: true }).click();
  await reads.page.getByRole('heading', { name: 'Tableau de la veille' }).waitFor();
  await reads.page.getByRole('article').filter({ hasText: firstName }).getByText('Pas de réponse').waitFor();
  expect(reads.complaints).toEqual([]);
  await reads.context.close();
  await made(coordinator.post(`/api/watch/rounds/${round.id}/close`, {}));
});
