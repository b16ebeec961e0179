import type { MailContext } from './context.ts';
import { handMail } from './hand-mail.ts';
import { writeLetter } from './letter.ts';
import { deriveMailToken, hashMailToken, type MailPurpose } from './mail-tokens.ts';
import { mayMail } from './may-mail.ts';
import { findAddressee, keepEmailToken } from './notifications.queries.ts';

type Words = Pick<Parameters<typeof writeLetter>[0], 'subject' | 'lead' | 'button' | 'notes'>;
type Link = { purpose: MailPurpose; lifeMs: number; path: string; words: (locale: 'fr' | 'en') => Words };

/** Mails a link that works once and for `lifeMs`; nothing when the account is gone, or this mail is not for an address in its state. */
export const sendLink = async (
  ctx: MailContext,
  input: { accountId: string; jobId: string },
  link: Link,
): Promise<void> => {
  const account = await findAddressee(ctx.db, input.accountId);
  if (!account || !mayMail(account, link.purpose)) return;
  const { locale, email, displayName } = account;
  const token = deriveMailToken(ctx.keys.mail, link.purpose, input.jobId);
  const expiresAt = new Date(ctx.clock().getTime() + link.lifeMs);
  await keepEmailToken(ctx.db, { hash: hashMailToken(link.purpose, token), accountId: account.id, email, expiresAt });
  const { instance, origin } = ctx.env;
  const address = `${origin.origin}${link.path}?token=${token}`;
  const mail = writeLetter({
    to: email,
    name: displayName,
    locale,
    instance: instance.name,
    link: address,
    ...link.words(locale),
  });
  await handMail(ctx, account.id, { about: link.purpose, jobId: input.jobId }, mail);
};
