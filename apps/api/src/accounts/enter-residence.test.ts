import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness, password } from '../../test/harness.ts';
import { newId } from '../ids.ts';

const h = await openHarness();
let n = 0;
const body = (code: string, more: object = {}) => ({
  code,
  displayName: 'Jeanne M.',
  email: `jeanne-${n++}-${process.pid}@example.test`,
  password,
  adult: true,
  ...more,
});

test('a poster code makes a new resident, signed in, with a mail to confirm their address', async () => {
  const residence = await h.mintResidence();
  const { code } = await h.mintInvitation(residence.id);
  const sent = body(code.toLowerCase().replaceAll('-', ' '), { stairId: residence.stairs[0]?.id, floor: 3 });
  const answer = await h.call('POST', '/residents', { body: sent });
  expect(answer.status).toBe(201);
  expect(answer.body.resident).toMatchObject({
    displayName: 'Jeanne M.',
    trust: 'new',
    floor: 3,
    residence: { id: residence.id, commune: '01173' },
  });
  const cookie = String(answer.headers['set-cookie']);
  expect(cookie).toMatch(/^palier_session=[\w-]{43};.*HttpOnly/);
  expect(cookie).toMatch(/SameSite=Lax/);
  const me = await h.call('GET', '/me', { as: { cookie: cookie.split(';')[0] ?? '' } });
  expect(me.body).toMatchObject({
    account: { email: sent.email, emailConfirmed: false },
    residence: { id: residence.id },
    roles: [{ role: 'resident' }],
  });
  const [mail] = await h.db.select().from(schema.outbox).where(eq(schema.outbox.sideA, me.body.account.id));
  expect(mail?.change).toBe('mail.confirm');
});

test('a personal slip makes a known resident, once', async () => {
  const residence = await h.mintResidence();
  const { code } = await h.mintInvitation(residence.id, 'slip');
  const first = await h.call('POST', '/residents', { body: body(code) });
  expect(first.body.resident.trust).toBe('known');
  expect((await h.call('POST', '/residents', { body: body(code) })).status).toBe(404);
});

test('twenty at once with one slip: exactly one enters', async () => {
  const residence = await h.mintResidence();
  const { code, id } = await h.mintInvitation(residence.id, 'slip');
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      h.call('POST', '/residents', { body: body(code), headers: { 'x-n': String(i) } }),
    ),
  );
  expect(answers.filter((a) => a.status === 201)).toHaveLength(1);
  expect(answers.every((a) => a.status === 201 || a.status === 404)).toBe(true);
  const [row] = await h.db.select().from(schema.invitations).where(eq(schema.invitations.id, id));
  expect(row?.usesLeft).toBe(0);
});

test('without a valid code nothing is said of an address; behind one, a taken address is 409', async () => {
  const someone = await h.mintResident();
  const residence = await h.mintResidence();
  const { code } = await h.mintInvitation(residence.id);
  const wrong = code.slice(0, -1) + (code.endsWith('A') ? 'B' : 'A');
  const taken = await h.call('POST', '/residents', { body: body(wrong, { email: someone.email }) });
  const free = await h.call('POST', '/residents', { body: body(wrong) });
  expect([taken.status, taken.text]).toEqual([free.status, free.text]);
  expect(taken.body.code).toBe('invitation.absent');
  const behind = await h.call('POST', '/residents', { body: body(code, { email: someone.email }) });
  expect([behind.status, behind.body.code]).toEqual([409, 'email.taken']);
});

test('what is not asked for, a known password, a minor and a stair of another residence are refused', async () => {
  const residence = await h.mintResidence();
  const other = await h.mintResidence();
  const { code } = await h.mintInvitation(residence.id);
  expect((await h.call('POST', '/residents', { body: body(code, { trust: 'trusted' }) })).status).toBe(400);
  expect((await h.call('POST', '/residents', { body: body(code, { adult: false }) })).status).toBe(400);
  expect((await h.call('POST', '/residents', { body: body(code, { password: 'motdepasse1' }) })).body.code).toBe(
    'password.common',
  );
  expect((await h.call('POST', '/residents', { body: body(code, { stairId: other.stairs[0]?.id }) })).body.code).toBe(
    'stair.foreign',
  );
});

test('sent again with its key, entering is answered with the same bytes and a session; with another password it is nobody’s', async () => {
  const home = await h.mintResidence();
  const { code } = await h.mintInvitation(home.id, 'slip'); // one use: the second call could not open it
  const email = `${newId()}@example.test`;
  const body = { code, displayName: 'Odile', email, password: 'une petite phrase à moi', adult: true };
  const headers = { 'idempotency-key': newId() };
  const answers = await Promise.all([1, 2, 3].map(() => h.call('POST', '/residents', { body, headers })));
  const again = await h.call('POST', '/residents', { body, headers });
  expect([...answers, again].map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  expect(new Set([...answers, again].map(({ text }) => text)).size).toBe(1);
  const cookie = String(again.headers['set-cookie']).split(';')[0] ?? '';
  expect((await h.call('GET', '/me', { as: { cookie } })).body.resident.displayName).toBe('Odile');
  const other = await h.call('POST', '/residents', { body: { ...body, password: 'une autre phrase' }, headers });
  expect([other.status, other.headers['set-cookie']]).toEqual([422, undefined]);
  const stranger = await h.call('POST', '/residents', { body, headers: { 'idempotency-key': newId() } });
  expect([stranger.status, stranger.headers['set-cookie']]).toEqual([404, undefined]);
});

test('once the password or the address is another, the call that entered opens nothing any more', async () => {
  const home = await h.mintResidence();
  const enter = async () => {
    const { code } = await h.mintInvitation(home.id, 'slip');
    const body = { code, displayName: 'Odile', email: `${newId()}@example.test`, password, adult: true };
    const again = { body, headers: { 'idempotency-key': newId() } };
    expect((await h.call('POST', '/residents', again)).status).toBe(201);
    return again;
  };
  const sentAgain = async (again: Awaited<ReturnType<typeof enter>>) => {
    const { status, body, headers } = await h.call('POST', '/residents', again);
    return [status, body.code, headers['set-cookie']];
  };
  const { accounts } = schema;
  const [chosen, moved] = [await enter(), await enter()];
  const passwordHash = await h.app.hashing.hash('une autre phrase à moi');
  await h.db.update(accounts).set({ passwordHash }).where(eq(accounts.email, chosen.body.email));
  expect(await sentAgain(chosen)).toEqual([401, 'credentials.wrong', undefined]);
  await h.db
    .update(accounts)
    .set({ email: `${newId()}@example.test` })
    .where(eq(accounts.email, moved.body.email));
  expect(await sentAgain(moved)).toEqual([401, 'credentials.wrong', undefined]);
  await h.db.update(accounts).set({ email: moved.body.email }).where(eq(accounts.email, chosen.body.email));
  expect(await sentAgain(moved)).toEqual([401, 'credentials.wrong', undefined]); // the address is somebody else’s now
});
