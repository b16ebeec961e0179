import { m } from '@palier/messages';
import type { MailContext } from './context.ts';
import { writeLetter } from './letter.ts';
import { deriveMailToken, hashMailToken } from './mail-tokens.ts';
import { mayMail } from './may-mail.ts';
import { findAddressee, keepEmailToken } from './notifications.queries.ts';

/** How long a confirmation link is good, in ms: 24 hours. */
const lifeMs = 86_400_000;

/** Mails the link that confirms an account's address; nothing when the account is gone or its address is already confirmed. */
export const sendConfirmation = async (
  ctx: MailContext,
  input: { accountId: string; jobId: string },
): Promise<void> => {
  const account = await findAddressee(ctx.db, input.accountId);
  if (!account || !mayMail(account, 'confirm')) return;
  const { locale, email } = account;
  const token = deriveMailToken(ctx.keys.mail, 'confirm', input.jobId);
  await keepEmailToken(ctx.db, {
    hash: hashMailToken('confirm', token),
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
      subject: m.mail_confirm_subject({}, { locale }),
      lead: m.mail_confirm_lead({}, { locale }),
      button: m.mail_confirm_button({}, { locale }),
      link: `${ctx.env.origin.origin}/confirmer?token=${token}`,
      notes: [m.mail_confirm_life({}, { locale }), m.mail_confirm_stranger({}, { locale })],
    }),
  );
};
