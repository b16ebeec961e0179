import { defaultChoices } from '@palier/domain/notifications';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';

const h = await openHarness();
const edit = (as: { cookie: string }, body: object) => h.call('PATCH', '/me', { as, body });

test('a resident says how often they may be told, whether at night, and what they speak', async () => {
  const me = await h.mintResident();
  const { body } = await h.call('GET', '/me', { as: me });
  expect(body.resident).toMatchObject({ asksPerDay: 3, urgentAtNight: false, languages: [] });
  const said = { asksPerDay: 10, urgentAtNight: true, languages: ['fr', 'pt'] };
  expect((await edit(me, { ...said, languages: ['fr', 'pt', 'fr'] })).body.resident).toMatchObject(said);
  expect((await edit(me, { asksPerDay: 0 })).body.resident).toMatchObject({ ...said, asksPerDay: 0 });
});

test('numbers beyond their bounds and languages we do not list are refused, unchanged', async () => {
  const me = await h.mintResident();
  for (const body of [
    { asksPerDay: 11 },
    { asksPerDay: -1 },
    { asksPerDay: 2.5 },
    { languages: ['xx'] },
    { urgentAtNight: 'true' },
  ])
    expect((await edit(me, body)).status).toBe(400);
  expect((await h.call('GET', '/me', { as: me })).body.resident).toMatchObject({ asksPerDay: 3, urgentAtNight: false });
});

test('an account that is not a resident has none of it to say', async () => {
  const account = await h.mintAccount();
  for (const body of [{ asksPerDay: 1 }, { urgentAtNight: true }, { languages: ['fr'] }])
    expect((await edit(account, body)).body).toMatchObject({ status: 403, code: 'role.required' });
});

test('twenty edits at once leave one of them whole', async () => {
  const me = await h.mintResident();
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => edit(me, { asksPerDay: n % 2, urgentAtNight: n % 2 === 1 })),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const { resident } = (await h.call('GET', '/me', { as: me })).body;
  expect(resident.urgentAtNight).toBe(resident.asksPerDay === 1);
});

test('how I am told: what I change is kept, the rest stays as it was, and nobody else’s moves', async () => {
  const [me, other] = [await h.mintResident(), await h.mintResident()];
  const mine = async (as: { cookie: string } = me) => (await h.call('GET', '/me', { as })).body.notices;
  expect(await mine()).toEqual(defaultChoices);
  const edit = (notices: object) => h.call('PATCH', '/me', { as: me, body: { notices } });
  expect((await edit({ mailHour: 9, rows: { message: { push: false, mail: true } } })).status).toBe(200);
  await edit({ rows: { ask: { push: true, mail: false } } });
  expect(await mine()).toEqual({
    mailHour: 9,
    rows: { ...defaultChoices.rows, message: { push: false, mail: true }, ask: { push: true, mail: false } },
  });
  await edit({ mailHour: null });
  expect((await mine()).mailHour).toBeNull();
  expect(await mine(other)).toEqual(defaultChoices);
  for (const wrong of [
    { mailHour: 23 },
    { rows: { news: { push: true, mail: true } } },
    { rows: { ask: { push: 1 } } },
  ])
    expect((await edit(wrong)).status).toBe(400);
});
