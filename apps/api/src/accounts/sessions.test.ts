import { createHash } from 'node:crypto';
import { schema } from '@palier/db';
import { sessionLife } from '@palier/domain/accounts';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness, password } from '../../test/harness.ts';

let now = new Date();
const h = await openHarness({}, { clock: () => now });
const rawOf = (cookie: string) => cookie.split(';')[0]?.split('=')[1] ?? '';
const hashOf = (raw: string) => createHash('sha256').update(raw).digest('base64url');
const rowOf = async (raw: string) =>
  (
    await h.db
      .select()
      .from(schema.sessions)
      .where(eq(schema.sessions.id, hashOf(raw)))
  )[0];

test('signing in opens a session whose raw id is nowhere at rest', async () => {
  const someone = await h.mintResident();
  const answer = await h.call('POST', '/session', { body: { email: ` ${someone.email.toUpperCase()} `, password } });
  expect(answer.status).toBe(204);
  const raw = rawOf(String(answer.headers['set-cookie']));
  expect(await rowOf(raw)).toBeDefined();
  const whole = await h.db.select().from(schema.sessions);
  expect(JSON.stringify(whole)).not.toContain(raw);
  expect((await h.call('GET', '/me', { as: { cookie: `palier_session=${hashOf(raw)}` } })).status).toBe(401);
});

test('a cookie set beforehand is never adopted', async () => {
  const someone = await h.mintResident();
  const planted = 'A'.repeat(43);
  const answer = await h.call('POST', '/session', {
    as: { cookie: `palier_session=${planted}` },
    body: { email: someone.email, password },
  });
  expect(rawOf(String(answer.headers['set-cookie']))).not.toBe(planted);
  expect((await h.call('GET', '/me', { as: { cookie: `palier_session=${planted}` } })).status).toBe(401);
});

test('an unknown address and a wrong password get the same answer', async () => {
  const someone = await h.mintResident();
  const wrong = await h.call('POST', '/session', { body: { email: someone.email, password: 'pas le bon du tout' } });
  const unknown = await h.call('POST', '/session', {
    body: { email: 'personne@example.test', password: 'pas le bon du tout' },
  });
  expect([wrong.status, wrong.text]).toEqual([unknown.status, unknown.text]);
  expect(wrong.body.code).toBe('credentials.wrong');
});

test('a session past half of its life is renewed and its cookie sent again, an expired one is gone', async () => {
  const someone = await h.mintResident();
  const raw = rawOf(someone.cookie);
  const before = (await rowOf(raw))?.expiresAt.getTime() ?? 0;
  await h.db
    .update(schema.sessions)
    .set({ expiresAt: new Date(Date.now() + sessionLife.slidingMs / 3) })
    .where(eq(schema.sessions.id, hashOf(raw)));
  const answers = await Promise.all(Array.from({ length: 20 }, () => h.call('GET', '/me', { as: someone })));
  expect(answers.every((a) => a.status === 200)).toBe(true);
  expect(answers.some((a) => String(a.headers['set-cookie'] ?? '').includes(raw))).toBe(true);
  expect((await rowOf(raw))?.expiresAt.getTime()).toBeGreaterThanOrEqual(before - 60_000);
  await h.db
    .update(schema.sessions)
    .set({ expiresAt: new Date(Date.now() - 1000) })
    .where(eq(schema.sessions.id, hashOf(raw)));
  expect((await h.call('GET', '/me', { as: someone })).status).toBe(401);
  expect(await rowOf(raw)).toBeUndefined();
});

test('a session ends after 365 days however often it was used', async () => {
  const someone = await h.mintResident();
  const raw = rawOf(someone.cookie);
  const yearAgo = new Date(now.getTime() - sessionLife.absoluteMs - 1000);
  await h.db
    .update(schema.sessions)
    .set({ createdAt: yearAgo })
    .where(eq(schema.sessions.id, hashOf(raw)));
  expect((await h.call('GET', '/me', { as: someone })).status).toBe(401);
  expect(await rowOf(raw)).toBeUndefined();
});

test('signing out ends the session at once and tells the stream', async () => {
  const someone = await h.mintResident();
  const answer = await h.call('DELETE', '/session', { as: someone });
  expect(answer.status).toBe(204);
  expect(String(answer.headers['set-cookie'])).toMatch(/Max-Age=0/);
  expect((await h.call('GET', '/me', { as: someone })).status).toBe(401);
  const events = await h.db.select().from(schema.outbox).where(eq(schema.outbox.sideA, someone.accountId));
  expect(events.map((e) => [e.kind, e.change])).toContainEqual(['rights', 'sessions']);
});

test('fifty validations racing the end of every session leave none', async () => {
  const someone = await h.mintResident();
  const validations = Array.from({ length: 50 }, () => h.call('GET', '/me', { as: someone }));
  await Promise.all([...validations, h.app.sessions.endAll(someone.accountId)]);
  expect(await h.db.select().from(schema.sessions).where(eq(schema.sessions.userId, someone.accountId))).toHaveLength(
    0,
  );
  expect((await h.call('GET', '/me', { as: someone })).status).toBe(401);
});

test('odd cookies open nothing and break nothing', async () => {
  for (const odd of ['%00', 'x'.repeat(5000), '', "' or 1=1 --", '%F0%9F%92%A9'])
    expect((await h.call('GET', '/me', { as: { cookie: `palier_session=${odd}` } })).status).toBe(401);
});

test('the sixth failure in half an hour is 429 with Retry-After, and the window passes', async () => {
  const strict = await openHarness({ RATE_LIMITS: 'on' }, { clock: () => now });
  const someone = await strict.mintResident();
  for (let i = 0; i < 5; i++)
    expect((await strict.call('POST', '/session', { body: { email: someone.email, password: 'faux' } })).status).toBe(
      401,
    );
  const sixth = await strict.call('POST', '/session', { body: { email: someone.email, password } });
  expect([sixth.status, sixth.body.code]).toEqual([429, 'rate.limited']);
  expect(Number(sixth.headers['retry-after'])).toBeGreaterThan(0);
  now = new Date(now.getTime() + 1_800_000);
  expect((await strict.call('POST', '/session', { body: { email: someone.email, password } })).status).toBe(204);
});

test('an account keeps its twenty latest sessions', async () => {
  const someone = await h.mintResident();
  for (let i = 0; i < 21; i++) {
    now = new Date(now.getTime() + 1000);
    await h.app.sessions.create(someone.accountId, now);
  }
  const left = await h.db.select().from(schema.sessions).where(eq(schema.sessions.userId, someone.accountId));
  expect(left).toHaveLength(20);
  expect((await h.call('GET', '/me', { as: someone })).status).toBe(401);
});
