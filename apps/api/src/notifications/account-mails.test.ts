import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness, password } from '../../test/harness.ts';
import { newId } from '../ids.ts';
import { accountMails, accountOfMessage, sendAccountMail } from './index.ts';
import { writeLetter } from './letter.ts';
import { MailFailure } from './mail-failure.ts';
import type { Mail } from './mailer.ts';

const h = await openHarness();

const handing = () => {
  const sent: Mail[] = [];
  const mailer = { send: async (mail: Mail) => void sent.push(mail), close: () => undefined };
  return { sent, ctx: { ...h.deps, mailer } };
};
const refusing = {
  ...h.deps,
  mailer: {
    send: async () => {
      throw new MailFailure('address', null);
    },
    close: () => undefined,
  },
};

test('each mail of an account is signed by a Message-ID that names it; the same job sends the same one', async () => {
  const someone = await h.mintResident();
  await h.call('DELETE', '/me', { as: someone, body: { password } });
  const { sent, ctx } = handing();
  for (const about of accountMails) {
    const jobId = newId();
    for (let tries = 0; tries < 2; tries++) await sendAccountMail(ctx, { accountId: someone.accountId, about, jobId });
  }
  const ids = sent.map(({ messageId = '' }) => messageId);
  expect(ids).toHaveLength(2 * accountMails.length);
  expect(new Set(ids).size).toBe(accountMails.length);
  for (const id of ids) expect(accountOfMessage(h.deps.keys.mail, `Message-ID: ${id}`)).toBe(someone.accountId);
});

test('the day of leaving is written as its reader writes days; an address among the words is a link', async () => {
  const someone = await h.mintResident();
  await h.call('PATCH', '/me', { as: someone, body: { locale: 'en' } });
  await h.call('DELETE', '/me', { as: someone, body: { password } });
  const { sent, ctx } = handing();
  await sendAccountMail(ctx, { accountId: someone.accountId, about: 'leaving', jobId: newId() });
  expect(sent[0]?.text).toMatch(/\b\d{1,2}\u00a0[A-Z][a-z]+ 20\d\d\b/);
  const { html } = writeLetter({
    ...{ to: 'x@example.test', name: null, locale: 'fr', instance: 'Palier', subject: 's', lead: 'l', button: 'b' },
    ...{ link: 'https://palier.test/', notes: ['Ici : https://palier.test/proche?fin=1&x=2'] },
  });
  expect(html).toContain('<a class="link" href="https://palier.test/proche?fin=1&amp;x=2">');
});

test('an address that takes none is written to no more, which is said on screen; a server that is busy is tried again', async () => {
  const someone = await h.mintResident();
  const mail = { accountId: someone.accountId, about: 'password', jobId: newId() } as const;
  await sendAccountMail(refusing, mail);
  expect((await h.call('GET', '/me', { as: someone })).body.account).toMatchObject({ emailFailed: true });
  const { sent, ctx } = handing();
  await sendAccountMail(ctx, mail);
  expect(sent).toEqual([]);

  const other = await h.mintResident();
  const busy = async () => {
    throw new MailFailure('later', null);
  };
  const asked = sendAccountMail(
    { ...ctx, mailer: { send: busy, close: () => undefined } },
    { ...mail, accountId: other.accountId },
  );
  await expect(asked).rejects.toThrow(MailFailure);
  const [row] = await h.db.select().from(schema.accounts).where(eq(schema.accounts.id, other.accountId));
  expect(row?.emailConfirmedAt).not.toBeNull();
});
