import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness, password } from '../../test/harness.ts';
import { endOngoing } from './end-ongoing.ts';
import { eraseDue } from './erase-due.ts';

const dayMs = 86_400_000;
const start = Date.now();
let now = new Date(start);
const h = await openHarness({}, { clock: () => now });
const ctx = () => ({ ...h.deps, actor: null, now, ip: '', locale: 'fr' as const, tx: null });
const draft = { kind: 'request', category: 'errands', title: 'Un pain et du lait', audience: 'residence' };
const signInAgain = async (who: { email: string }) => {
  const answer = await h.call('POST', '/session', { body: { email: who.email, password } });
  return { status: answer.status, cookie: String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? '' };
};
const leaveAs = (who: { cookie: string }, typed = password) =>
  h.call('DELETE', '/me', { as: who, body: { password: typed } });

test('leaving ends every session, and the account is told until when it can be kept', async () => {
  const someone = await h.mintResident();
  expect((await leaveAs(someone)).status).toBe(204);
  expect((await h.call('GET', '/me', { as: someone })).status).toBe(401);
  const again = await signInAgain(someone);
  const me = (await h.call('GET', '/me', { as: again })).body;
  expect(me.account.eraseAt).toBe(new Date(now.getTime() + 14 * dayMs).toISOString());
  expect([me.resident, me.roles]).toEqual([null, []]);
  expect((await h.call('GET', '/posts', { as: again })).status).toBe(403);
  expect((await h.call('GET', '/me/export', { as: again })).status).toBe(200);
  const told = await h.db.select().from(schema.outbox).where(eq(schema.outbox.sideA, someone.accountId));
  expect(told.map(({ change }) => change)).toEqual(
    expect.arrayContaining(['sessions', 'account.leave', 'mail.leaving']),
  );
});

test('a wrong password leaves nobody out, and the sixth is refused for half an hour', async () => {
  const someone = await h.mintResident();
  const wrong = await leaveAs(someone, 'pas le bon du tout');
  expect([wrong.status, wrong.body.code]).toEqual([403, 'password.wrong']);
  expect((await h.call('GET', '/me', { as: someone })).body.account.eraseAt).toBeNull();
  expect((await h.call('DELETE', '/me', { body: { password } })).status).toBe(401);
  const strict = await openHarness({ RATE_LIMITS: 'on' });
  const other = await strict.mintResident();
  const tries = [];
  for (let n = 0; n < 6; n++)
    tries.push((await strict.call('DELETE', '/me', { as: other, body: { password: 'faux mot' } })).status);
  expect(tries).toEqual([403, 403, 403, 403, 403, 429]);
});

test('posts are withdrawn and yeses taken back at once; whoever waited hears of it', async () => {
  const home = await h.mintResidence();
  const [leaver, other] = [
    await h.mintResident({ residenceId: home.id }),
    await h.mintResident({ residenceId: home.id }),
  ];
  const mine = (await h.call('POST', '/posts', { as: leaver, body: draft })).body.post;
  const theirs = (await h.call('POST', '/posts', { as: other, body: draft })).body.post;
  const taken = (await h.call('POST', `/posts/${mine.id}/favours`, { as: other, body: {} })).body.favour;
  const promised = (await h.call('POST', `/posts/${theirs.id}/favours`, { as: leaver, body: {} })).body.favour;
  await leaveAs(leaver);
  await Promise.all([0, 1].map(() => endOngoing(ctx(), { accountId: leaver.accountId })));
  const stateOf = async (id: string) =>
    (await h.db.select().from(schema.favours).where(eq(schema.favours.id, id)))[0]?.state;
  expect([await stateOf(taken.id), await stateOf(promised.id)]).toEqual(['released', 'withdrawn']);
  const read = async (id: string) => (await h.call('GET', `/posts/${id}`, { as: other })).body.post.state;
  expect([await read(mine.id), await read(theirs.id)]).toEqual(['withdrawn', 'open']);
  const events = await h.db.select().from(schema.outbox).where(eq(schema.outbox.favourId, promised.id));
  expect(events.map(({ change }) => change)).toContain('withdrawn');
});

test('whoever comes back keeps the account, and what they are in their residence', async () => {
  const someone = await h.mintResident();
  await leaveAs(someone);
  const again = await signInAgain(someone);
  expect((await h.call('POST', '/me/keep', { as: again })).status).toBe(204);
  const me = (await h.call('GET', '/me', { as: again })).body;
  expect([me.account.eraseAt, me.resident.id]).toEqual([null, someone.id]);
  await endOngoing(ctx(), { accountId: someone.accountId }); // a job that comes late finds them back
  now = new Date(now.getTime() + 15 * dayMs);
  await eraseDue(ctx());
  expect((await signInAgain(someone)).status).toBe(204);
  now = new Date(start);
});

test('keeping what is not leaving changes nothing', async () => {
  const someone = await h.mintResident();
  const before = await h.db.$count(schema.audit);
  expect((await h.call('POST', '/me/keep', { as: someone })).status).toBe(204);
  expect(await h.db.$count(schema.audit)).toBe(before);
});

test('after 14 days the account is forgotten, not an hour before, and its address is free', async () => {
  const home = await h.mintResidence();
  const someone = await h.mintResident({ residenceId: home.id });
  await leaveAs(someone);
  now = new Date(start + 14 * dayMs - 3_600_000);
  expect(await eraseDue(ctx())).toBe(0);
  now = new Date(start + 14 * dayMs + 1000);
  expect(await eraseDue(ctx())).toBeGreaterThan(0);
  expect((await signInAgain(someone)).status).toBe(401);
  expect((await h.call('POST', '/session', { body: { email: someone.accountId, password } })).status).toBe(401);
  const { code } = await h.mintInvitation(home.id);
  const entry = { code, displayName: 'De retour', email: someone.email, password, adult: true };
  expect((await h.call('POST', '/residents', { body: entry })).status).toBe(201);
  now = new Date(start);
});

test('twenty times at once, one erasure and one line in the log', async () => {
  const someone = await h.mintResident();
  await leaveAs(someone);
  now = new Date(start + 15 * dayMs);
  await Promise.all(Array.from({ length: 20 }, () => eraseDue(ctx())));
  const rows = await h.db.select().from(schema.audit).where(eq(schema.audit.subjectId, someone.accountId));
  expect(rows.filter(({ action }) => action === 'account.erase')).toHaveLength(1);
  now = new Date(start);
});

test('twenty at once ask to leave: one grace, one line in the log', async () => {
  const someone = await h.mintResident();
  const answers = await Promise.all(Array.from({ length: 20 }, () => leaveAs(someone)));
  expect(answers.filter(({ status }) => status === 204).length).toBeGreaterThan(0);
  expect(answers.filter(({ status }) => ![204, 401].includes(status))).toEqual([]);
  const rows = await h.db.select().from(schema.audit).where(eq(schema.audit.subjectId, someone.accountId));
  expect(rows.filter(({ action }) => action === 'account.leave')).toHaveLength(1);
});
