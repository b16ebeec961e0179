import { m } from '@palier/messages';
import type { MailContext } from './context.ts';
import { writeLetter } from './letter.ts';
import { deriveMailToken, hashMailToken } from './mail-tokens.ts';
import { mayMail } from './may-mail.ts';
import { findAddressee, keepEmailToken } from './notifications.queries.ts';

/** How long a link to choose a new password is good, in ms: 30 minutes (reliability.md A4). */
const lifeMs = 1_800_000;

/** Mails the link by which a new password is chosen; nothing when the account is gone or its address was never confirmed. */
export const sendReset = async (ctx: MailContext, input: { accountId: string; jobId: string }): Promise<void> => {
  const account = await findAddressee(ctx.db, input.accountId);
  if (!account || !mayMail(account, 'reset')) return;
  const { locale, email } = account;
  const token = deriveMailToken(ctx.keys.mail, 'reset', input.jobId);
  await keepEmailToken(ctx.db, {
    hash: hashMailToken('reset', token),
    accountId: account.id,
    email,
    expiresAt: new Date(ctx.clock().getTime() + lifeMs),
  });
  await ctx.mailer.send(
    writeLetter({
      to: email,
      name: account.displayName,
      locale,
      instance: ctx.env.instance.name,
      subject: m.mail_reset_subject({}, { locale }),
      lead: m.mail_reset_lead({}, { locale }),
      button: m.mail_reset_button({}, { locale }),
      link: `${ctx.env.origin.origin}/mot-de-passe?token=${token}`,
      notes: [m.mail_reset_life({}, { locale }), m.mail_reset_stranger({}, { locale })],
    }),
  );
};
