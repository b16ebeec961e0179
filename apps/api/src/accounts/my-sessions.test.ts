import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness, password } from '../../test/harness.ts';
import { newId } from '../ids.ts';

const h = await openHarness();
const firefox = 'Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0';
const signIn = async (email: string) => {
  const answer = await h.call('POST', '/session', { body: { email, password }, headers: { 'user-agent': firefox } });
  return { cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '' };
};
const list = async (as: { cookie: string }) =>
  (await h.call('GET', '/me/sessions', { as })).body.items as { id: string; agent: string; isThis: boolean }[];
const opens = async (as: { cookie: string }) => (await h.call('GET', '/me', { as })).status;

test('the list says where one is signed in, this one marked, and holds no hash and no address', async () => {
  const someone = await h.mintResident();
  const other = await signIn(someone.email);
  const seen = await h.call('GET', '/me/sessions', { as: other });
  expect((seen.body.items as { agent: string; isThis: boolean }[]).map(({ agent, isThis }) => [agent, isThis])).toEqual(
    expect.arrayContaining([
      ['Firefox · Windows', true],
      ['', false],
    ]),
  );
  const rows = await h.db.select().from(schema.sessions).where(eq(schema.sessions.userId, someone.accountId));
  for (const { id } of rows) expect(seen.text).not.toContain(id);
  expect(seen.text).not.toContain('127.0.0.1');
});

test('one session is ended by its owner, at once, and the stream is told', async () => {
  const someone = await h.mintResident();
  const other = await signIn(someone.email);
  const [mine] = (await list(someone)).filter(({ isThis }) => !isThis);
  expect((await h.call('DELETE', `/me/sessions/${mine?.id}`, { as: someone })).status).toBe(204);
  expect([await opens(other), await opens(someone)]).toEqual([401, 200]);
  const events = await h.db.select().from(schema.outbox).where(eq(schema.outbox.sideA, someone.accountId));
  expect(events.map(({ kind, change }) => [kind, change])).toContainEqual(['rights', 'sessions']);
});

test('nobody ends another’s session, and what is not there is absent', async () => {
  const [someone, stranger] = [await h.mintResident(), await h.mintResident()];
  const [theirs] = await list(someone);
  expect((await h.call('DELETE', `/me/sessions/${theirs?.id}`, { as: stranger })).status).toBe(404);
  expect((await h.call('DELETE', `/me/sessions/${newId()}`, { as: someone })).status).toBe(404);
  expect((await h.call('DELETE', `/me/sessions/${theirs?.id}`)).status).toBe(401);
  expect(await opens(someone)).toBe(200);
});

test('everywhere else is ended, here is kept', async () => {
  const someone = await h.mintResident();
  const others = [await signIn(someone.email), await signIn(someone.email)];
  expect((await h.call('DELETE', '/me/sessions', { as: someone })).status).toBe(204);
  expect([await opens(someone), ...(await Promise.all(others.map(opens)))]).toEqual([200, 401, 401]);
});

test('twenty at once end one session once', async () => {
  const someone = await h.mintResident();
  await signIn(someone.email);
  const [other] = (await list(someone)).filter(({ isThis }) => !isThis);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => h.call('DELETE', `/me/sessions/${other?.id}`, { as: someone })),
  );
  expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 404)).toHaveLength(19);
});

test('a session that ends, however it does, takes its device’s pushes with it, and no other’s', async () => {
  const someone = await h.mintResident();
  const endpoint = () => `https://fcm.googleapis.com/fcm/send/${newId()}`;
  const keys = {
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  };
  const [lost, lent] = [await signIn(someone.email), await signIn(someone.email)];
  for (const as of [someone, lost, lent])
    expect((await h.call('POST', '/me/push', { as, body: { endpoint: endpoint(), keys } })).status).toBe(204);
  const devices = async () => (await h.call('GET', '/me/push', { as: someone })).body.devices;
  expect(await devices()).toBe(3);
  expect((await h.call('DELETE', '/session', { as: lent })).status).toBe(204);
  expect(await devices()).toBe(2);
  expect((await h.call('DELETE', '/me/sessions', { as: someone })).status).toBe(204);
  expect([await devices(), await opens(lost)]).toEqual([1, 401]);
});
