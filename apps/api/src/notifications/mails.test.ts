import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { schema } from '@palier/db';
import { formerNeighbour } from '@palier/domain/accounts';
import { eq } from 'drizzle-orm';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { expect, test } from 'vitest';
import { openHarness, password } from '../../test/harness.ts';
import { newId } from '../ids.ts';
import { openMailer, sendConfirmation, sendReset } from './index.ts';
import { mayMail } from './may-mail.ts';

const { db, deps, env, dataDir, call, mintAccount } = await openHarness();

/** A real SMTP server, and what it was handed. */
const openPostOffice = async () => {
  const received: { to: string[]; raw: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      let raw = '';
      stream.on('data', (data: Buffer) => (raw += data.toString()));
      stream.on('end', () => {
        received.push({ to: session.envelope.rcptTo.map((one) => one.address), raw });
        done();
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as { port: number };
  return {
    received,
    url: `smtp://127.0.0.1:${port}`,
    close: () => new Promise<void>((closed) => server.close(() => closed())),
  };
};

const unconfirmed = async (locale: 'fr' | 'en' = 'fr') => {
  const account = await mintAccount('Camille <b>');
  await db.update(schema.accounts).set({ emailConfirmedAt: null, locale }).where(eq(schema.accounts.id, account.id));
  return account;
};
const tokenIn = (text: string): string => /token=([\w-]{43})/.exec(text)?.[1] ?? '';

test('the confirmation mail, sent by SMTP, says the same as text and as HTML, and its link confirms once', async () => {
  const office = await openPostOffice();
  const mailer = openMailer({ ...env, smtpUrl: office.url }, () => undefined);
  const account = await unconfirmed();
  const jobId = newId();
  await sendConfirmation({ ...deps, mailer }, { accountId: account.id, jobId });
  expect(office.received).toHaveLength(1);
  const mail = await simpleParser(office.received[0]?.raw ?? '');
  expect(office.received[0]?.to).toEqual([account.email]);
  expect(mail.subject).toBe('Confirmez votre adresse e-mail');
  expect(mail.text).toContain('Bonjour Camille <b>,');
  expect(mail.html).toContain('Bonjour Camille &lt;b&gt;,');
  expect(mail.html).toContain('<html lang="fr">');
  expect(mail.html).not.toMatch(/<img|<script|src=/);
  const token = tokenIn(mail.text ?? '');
  expect(mail.text).toContain(`${env.origin.origin}/confirmer?token=${token}`);
  expect(tokenIn(String(mail.html))).toBe(token);
  expect(token).not.toContain(jobId);

  // A retry of the job mails the same link and keeps one row.
  await sendConfirmation({ ...deps, mailer }, { accountId: account.id, jobId });
  expect(tokenIn(office.received[1]?.raw.replaceAll('=\r\n', '').replaceAll('=3D', '=') ?? '')).toBe(token);
  expect(await db.select().from(schema.emailTokens).where(eq(schema.emailTokens.accountId, account.id))).toHaveLength(
    1,
  );

  expect(
    (await call('POST', '/password/reset/confirm', { body: { token, password: 'encore une autre phrase' } })).status,
  ).toBe(404);
  expect((await call('POST', '/email/confirmation', { body: { token } })).status).toBe(204);
  expect((await call('POST', '/email/confirmation', { body: { token } })).status).toBe(404);

  // Once confirmed, that mail is not sent again.
  await sendConfirmation({ ...deps, mailer }, { accountId: account.id, jobId: newId() });
  expect(office.received).toHaveLength(2);
  mailer.close();
  await office.close();
});

test('a link is good for 24 hours', async () => {
  const mailer = openMailer({ ...env, smtpUrl: undefined }, () => undefined);
  const account = await unconfirmed();
  await sendConfirmation(
    { ...deps, mailer, clock: () => new Date(Date.now() - 86_401_000) },
    { accountId: account.id, jobId: newId() },
  );
  const [row] = await db.select().from(schema.emailTokens).where(eq(schema.emailTokens.accountId, account.id));
  expect(row?.expiresAt.getTime()).toBeLessThan(Date.now());
});

test('without SMTP, mails are files that only we can read, in the reader’s language, and the console says so once', async () => {
  const said: string[] = [];
  const mailer = openMailer({ ...env, smtpUrl: undefined }, (line) => said.push(line));
  const folder = join(dataDir, 'mail');
  const [first, second] = [await unconfirmed('en'), await unconfirmed('en')];
  for (const { id } of [first, second]) await sendConfirmation({ ...deps, mailer }, { accountId: id, jobId: newId() });
  const mine = readdirSync(folder).filter((name) =>
    readFileSync(join(folder, name), 'utf8').includes('Confirm your e-mail address'),
  );
  expect(mine).toHaveLength(2);
  for (const name of mine) {
    expect(name).toMatch(/^[0-9a-f-]{36}\.eml$/);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  }
  expect(said).toEqual([`SMTP_URL is not set: mails are written to ${folder}`]);
});

test('whoever left is named in the reader’s language', async () => {
  const office = await openPostOffice();
  const mailer = openMailer({ ...env, smtpUrl: office.url }, () => undefined);
  const said = `${formerNeighbour} has arrived`;
  await mailer.send({ to: 'x@example.test', subject: said, text: said, html: `<p>${said}</p>`, locale: 'en' });
  mailer.close();
  await office.close();
  const { subject, text, html } = await simpleParser(office.received[0]?.raw ?? '');
  expect([subject, text?.trim(), html]).toEqual([
    'A former neighbour has arrived',
    'A former neighbour has arrived',
    expect.stringContaining('<p>A former neighbour has arrived</p>'),
  ]);
});

test('an SMTP server that refuses makes the job fail, so that it is tried again', async () => {
  const office = await openPostOffice();
  await office.close();
  const mailer = openMailer({ ...env, smtpUrl: office.url }, () => undefined);
  const account = await unconfirmed();
  await expect(sendConfirmation({ ...deps, mailer }, { accountId: account.id, jobId: newId() })).rejects.toThrow();
  mailer.close();
});

test('until an address is confirmed, only the mail that confirms it may be sent', async () => {
  expect(mayMail({ emailConfirmedAt: null }, 'confirm')).toBe(true);
  for (const purpose of ['reset', 'digest', 'anything'])
    expect(mayMail({ emailConfirmedAt: null }, purpose)).toBe(false);
  expect(mayMail({ emailConfirmedAt: new Date() }, 'confirm')).toBe(false);
  expect(mayMail({ emailConfirmedAt: new Date() }, 'reset')).toBe(true);
  const sent: unknown[] = [];
  const account = await unconfirmed();
  await sendReset(
    { ...deps, mailer: { send: async (mail) => void sent.push(mail), close: () => undefined } },
    { accountId: account.id, jobId: newId() },
  );
  expect(sent).toEqual([]);
});

test('a forgotten password: the mailed link replaces it once and ends every session', async () => {
  const account = await mintAccount();
  const mails: string[] = [];
  const mailer = { send: async ({ text }: { text: string }) => void mails.push(text), close: () => undefined };
  expect((await call('POST', '/password/reset', { body: { email: account.email.toUpperCase() } })).status).toBe(202);
  const asked = await db.select().from(schema.outbox).where(eq(schema.outbox.sideA, account.id));
  expect(asked).toMatchObject([{ kind: 'audit', change: 'mail.reset' }]);
  await sendReset({ ...deps, mailer }, { accountId: account.id, jobId: newId() });
  const token = tokenIn(mails[0] ?? '');
  expect(mails[0]).toContain(`${env.origin.origin}/mot-de-passe?token=${token}`);
  const [kept] = await db.select().from(schema.emailTokens).where(eq(schema.emailTokens.accountId, account.id));
  expect((kept?.expiresAt.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(1_800_000);

  expect((await call('POST', '/email/confirmation', { body: { token } })).status).toBe(404);
  expect(
    (await call('POST', '/password/reset/confirm', { body: { token, password: 'motdepasse123' } })).body,
  ).toMatchObject({ code: 'password.common' });
  const fresh = 'une tout autre phrase';
  const tries = await Promise.all(
    Array.from({ length: 5 }, () => call('POST', '/password/reset/confirm', { body: { token, password: fresh } })),
  );
  expect(tries.map(({ status }) => status).sort()).toEqual([204, 404, 404, 404, 404]);
  expect((await call('GET', '/me', { as: account })).status).toBe(401);
  expect((await call('POST', '/session', { body: { email: account.email, password } })).status).toBe(401);
  expect((await call('POST', '/session', { body: { email: account.email, password: fresh } })).status).toBe(204);
  const events = await db.select().from(schema.outbox).where(eq(schema.outbox.sideA, account.id));
  expect(events).toContainEqual(expect.objectContaining({ kind: 'rights', change: 'sessions' }));
});

test('asking for an address that is no account’s answers and writes the same, and mails nobody', async () => {
  const known = await mintAccount();
  const answers = [
    await call('POST', '/password/reset', { body: { email: known.email } }),
    await call('POST', '/password/reset', { body: { email: `${newId()}@example.test` } }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([202, 202]);
  expect(answers[1]?.text).toBe(answers[0]?.text);
  const written = await db
    .select({ change: schema.outbox.change, sideA: schema.outbox.sideA })
    .from(schema.outbox)
    .where(eq(schema.outbox.change, 'mail.none'));
  expect(written).toContainEqual({ change: 'mail.none', sideA: null });
});

test('another confirmation mail: two an hour for one address, and none once it is confirmed', async () => {
  const limited = await openHarness({ RATE_LIMITS: 'on' });
  const account = await limited.mintAccount();
  await limited.db.update(schema.accounts).set({ emailConfirmedAt: null }).where(eq(schema.accounts.id, account.id));
  const ask = () => limited.call('POST', '/email/confirmation/resend', { as: account });
  expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([202, 202, 429]);
  expect(await limited.db.select().from(schema.outbox).where(eq(schema.outbox.sideA, account.id))).toHaveLength(2);
  const confirmed = await mintAccount();
  expect((await call('POST', '/email/confirmation/resend', { as: confirmed })).body).toMatchObject({
    code: 'email.confirmed',
  });
  expect((await call('POST', '/email/confirmation/resend')).status).toBe(401);
});
