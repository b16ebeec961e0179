import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { openHarness, password } from '../../../test/harness.ts';
import { openPostOffice } from '../../../test/post-office.ts';
import { jobsOfEvent } from '../../jobs/of-event.ts';
import { openMailer, sendEmailChange } from '../../notifications/index.ts';

const h = await openHarness();
const office = await openPostOffice();
const mailer = openMailer({ ...h.env, smtpUrl: office.url }, () => undefined);
let minted = 0;
const newAddress = () => `nouvelle-${process.pid}-${++minted}@example.test`;

/** Sends what the stream calls for since the last time, through SMTP, and answers each mail's addressee, subject and link. */
const deliver = async (accountId: string) => {
  const events = await h.db.select().from(schema.outbox).where(eq(schema.outbox.sideA, accountId));
  await h.db.delete(schema.outbox).where(eq(schema.outbox.sideA, accountId));
  const from = office.received.length;
  for (const event of events)
    for (const { queue, data } of jobsOfEvent(event))
      if (queue === 'mail.address') await sendEmailChange({ ...h.deps, mailer }, data as never);
  const mails = await Promise.all(
    office.received.slice(from).map(async ({ to, raw }) => {
      const { subject = '', text = '' } = await simpleParser(raw);
      return { to: to[0] ?? '', subject, text, token: /token=([\w-]{43})/.exec(text)?.[1] ?? '' };
    }),
  );
  return { mails, to: (address: string) => mails.find((mail) => mail.to === address) };
};
const ask = (as: { cookie: string }, email: string, typed = password) =>
  h.call('POST', '/me/email', { as, body: { email, password: typed } });
const follow = (gesture: 'confirm' | 'undo', token = '') =>
  h.call('POST', `/email/change/${gesture}`, { body: { token: token || 'a'.repeat(43) } });
const accountOf = async (id: string) => {
  const [row] = await h.db.select().from(schema.accounts).where(eq(schema.accounts.id, id));
  return row;
};

test('the new address is used once its link was followed, once; both addresses are told by SMTP', async () => {
  const account = await h.mintAccount();
  const fresh = newAddress();
  expect((await ask(account, fresh.toUpperCase())).status).toBe(202);
  const asked = await deliver(account.id);
  expect(asked.mails.map(({ to }) => to).toSorted()).toEqual([account.email, fresh].toSorted());
  expect(asked.to(fresh)?.text).toContain(`${h.env.origin.origin}/adresse/confirmer?token=`);
  expect(asked.to(account.email)?.text).toContain(`${h.env.origin.origin}/adresse/annuler?token=`);
  expect(asked.to(account.email)?.text).not.toContain(fresh);
  expect((await accountOf(account.id))?.email).toBe(account.email);

  const token = asked.to(fresh)?.token;
  expect((await follow('undo', token)).status).toBe(404);
  const tries = await Promise.all(Array.from({ length: 5 }, () => follow('confirm', token)));
  expect(tries.map(({ status }) => status).toSorted()).toEqual([204, 404, 404, 404, 404]);
  expect(await accountOf(account.id)).toMatchObject({ email: fresh, emailFailedAt: null });
  const told = await deliver(account.id);
  expect(told.to(account.email)?.subject).toBe('L’adresse e-mail de votre compte a changé');
  expect(told.to(fresh)?.subject).toBe('Votre nouvelle adresse e-mail est en place');
  const signIn = (email: string) => h.call('POST', '/session', { body: { email, password } });
  expect([(await signIn(account.email)).status, (await signIn(fresh)).status]).toEqual([401, 204]);
});

test('of ten accounts that confirm one new address at once, one has it and the others hear that it is taken', async () => {
  const fresh = newAddress();
  const tokens: string[] = [];
  for (let n = 0; n < 10; n++) {
    const account = await h.mintAccount();
    await ask(account, fresh);
    tokens.push((await deliver(account.id)).to(fresh)?.token ?? '');
  }
  const tries = await Promise.all(tokens.map((token) => follow('confirm', token)));
  expect(tries.map(({ status }) => status).toSorted()).toEqual([204, ...Array.from({ length: 9 }, () => 409)]);
  expect(new Set(tries.flatMap(({ body }) => body?.code ?? []))).toEqual(new Set(['email.taken']));
});

test('the old address takes itself back for 7 days, whatever was changed since, and ends every session', async () => {
  const account = await h.mintAccount();
  const [first, second] = [newAddress(), newAddress()];
  await ask(account, first);
  const asked = await deliver(account.id);
  expect((await follow('confirm', asked.to(first)?.token)).status).toBe(204);
  await ask(account, second);
  const again = await deliver(account.id);
  expect((await follow('confirm', again.to(second)?.token)).status).toBe(204);
  expect((await accountOf(account.id))?.email).toBe(second);
  expect((await follow('undo', asked.to(account.email)?.token)).status).toBe(204);
  expect((await accountOf(account.id))?.email).toBe(account.email);
  expect((await h.call('GET', '/me', { as: account })).status).toBe(401);
  expect((await follow('undo', asked.to(account.email)?.token)).status).toBe(404);
  expect((await follow('undo', again.to(first)?.token)).status).toBe(404);
});

test('a change that was stopped, replaced or left for 30 minutes is confirmed by nobody', async () => {
  const account = await h.mintAccount();
  const addresses = [newAddress(), newAddress(), newAddress()] as const;
  const tokens: string[] = [];
  for (const address of addresses) {
    await ask(account, address);
    const { to } = await deliver(account.id);
    tokens.push(to(address)?.token ?? '');
    if (address === addresses[1]) expect((await follow('undo', to(account.email)?.token)).status).toBe(204);
    account.cookie = `${h.app.sessions.cookieName}=${await h.app.sessions.create(account.id, new Date())}`;
  }
  const late = new Date(Date.now() - 1_800_001);
  const { emailChanges } = schema;
  await h.db.update(emailChanges).set({ askedAt: late }).where(eq(emailChanges.toEmail, addresses[2]));
  for (const token of tokens) expect((await follow('confirm', token)).status).toBe(404);
  expect((await accountOf(account.id))?.email).toBe(account.email);
});

test('the address of another account answers the same, is not written to, and is never taken', async () => {
  const [account, other] = [await h.mintAccount(), await h.mintAccount()];
  const answers = [await ask(account, other.email), await ask(account, newAddress())];
  expect(answers.map(({ status, text }) => [status, text])).toEqual([
    [202, answers[0]?.text],
    [202, answers[0]?.text],
  ]);
  await h.db.delete(schema.outbox).where(eq(schema.outbox.sideA, account.id));
  await ask(account, other.email);
  expect((await deliver(account.id)).mails.map(({ to }) => to)).toEqual([account.email]);
  const late = newAddress();
  await ask(account, late);
  const { to } = await deliver(account.id);
  await h.db.update(schema.accounts).set({ email: late }).where(eq(schema.accounts.id, other.id));
  expect((await follow('confirm', to(late)?.token)).body).toMatchObject({ code: 'email.taken' });
  expect((await accountOf(account.id))?.email).toBe(account.email);
});

test('it asks for the password, refuses the same address, and is done twice an hour at most', async () => {
  const limited = await openHarness({ RATE_LIMITS: 'on' });
  const account = await limited.mintAccount();
  const change = (email: string, typed = password) =>
    limited.call('POST', '/me/email', { as: account, body: { email, password: typed } });
  expect((await change(newAddress(), 'pas le bon')).body).toMatchObject({ code: 'password.wrong' });
  expect((await change(account.email)).body).toMatchObject({ code: 'email.same' });
  const answers = [await change(newAddress()), await change(newAddress()), await change(newAddress())];
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 429]);
});

test('an address that was never confirmed is not written to when it is replaced', async () => {
  const account = await h.mintAccount();
  await h.db.update(schema.accounts).set({ emailConfirmedAt: null }).where(eq(schema.accounts.id, account.id));
  const fresh = newAddress();
  await ask(account, fresh);
  const asked = await deliver(account.id);
  expect(asked.mails.map(({ to }) => to)).toEqual([fresh]);
  expect((await follow('confirm', asked.to(fresh)?.token)).status).toBe(204);
  expect((await deliver(account.id)).mails.map(({ to }) => to)).toEqual([fresh]);
});
