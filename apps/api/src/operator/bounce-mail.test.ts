import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { messageIdOf } from '../notifications/mail-identity.ts';
import { bounceMail } from './bounce-mail.ts';
import type { OperatorContext } from './context.ts';
import { OperatorRefusal } from './refusal.ts';

const h = await openHarness();
const ctx: OperatorContext = {
  ...h.deps,
  ...{ actor: null, now: new Date(), ip: '127.0.0.1', locale: 'fr', tx: null, hashing: h.app.hashing },
  store: {
    appUrl: h.appUrl,
    ownerUrl: h.appUrl,
    appRole: 'palier_app',
    isEmbedded: false,
    isAlone: false,
    stop: async () => undefined,
  },
  say: () => undefined,
};
const report = (messageId: string, status = '5.1.1', action = 'failed') =>
  `Content-Type: multipart/report; report-type=delivery-status\n\nReporting-MTA: dns; mx.example.test\n\nFinal-Recipient: rfc822; x@example.test\nAction: ${action}\nStatus: ${status}\n\nMessage-ID: ${messageId}\nSubject: Palier\n`;
const mailTo = (accountId: string) => messageIdOf(h.deps.keys.mail, accountId, 'digest-2026-11-22', 'palier.test');
const me = async (as: { cookie: string }) => (await h.call('GET', '/me', { as })).body;

test('a mail that came back for good stops all others, once, and is said on screen', async () => {
  const [someone, other] = [await h.mintResident(), await h.mintResident()];
  const dsn = report(mailTo(someone.accountId));
  expect(await bounceMail(ctx, { report: dsn })).toBe('bounced');
  expect(await bounceMail(ctx, { report: dsn })).toBe('nothing');
  expect((await me(someone)).account).toMatchObject({ emailFailed: true, emailConfirmed: false });
  const { items } = (await h.call('GET', '/notifications', { as: someone })).body;
  expect(items.map(({ kind }: { kind: string }) => kind)).toEqual(['account']);
  expect((await me(other)).account).toMatchObject({ emailFailed: false, emailConfirmed: true });
});

test('a delay is no failure; a complaint stops the e-mail of the day alone', async () => {
  const someone = await h.mintResident();
  expect(await bounceMail(ctx, { report: report(mailTo(someone.accountId), '4.4.1', 'delayed') })).toBe('nothing');
  const complaint = `Feedback-Type: abuse\nVersion: 1\n\nMessage-ID: ${mailTo(someone.accountId)}\n`;
  expect(await bounceMail(ctx, { report: complaint })).toBe('complaint');
  expect(await me(someone)).toMatchObject({ account: { emailConfirmed: true }, notices: { mailHour: null } });
});

test('without the mail itself the address given is believed; what names no account of ours is refused', async () => {
  const someone = await h.mintResident();
  const address = `${someone.accountId}@Example.test`;
  expect(await bounceMail(ctx, { address, report: report('<elsewhere@example.test>') })).toBe('bounced');
  const forged = mailTo(someone.accountId).replace(/[0-9a-f]{24}@/, `${'0'.repeat(24)}@`);
  await expect(bounceMail(ctx, { report: report(forged) })).rejects.toThrow(OperatorRefusal);
  await expect(bounceMail(ctx, { address: 'nobody@example.test', report: '' })).rejects.toThrow(OperatorRefusal);
});
