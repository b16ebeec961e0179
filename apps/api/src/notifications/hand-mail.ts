import type { MailContext } from './context.ts';
import { failAddress } from './fail-address.ts';
import { MailFailure } from './mail-failure.ts';
import { messageIdOf } from './mail-identity.ts';
import type { Mail } from './mailer.ts';

/** Why a mail is written, and the job that writes it: one that runs again sends the same message. */
type Occasion = { about: string; jobId: string };

/** Hands over a mail to an account's own address, under a Message-ID that names the account and the occasion; an address that takes none is written to no more. */
export const handMail = async (ctx: MailContext, accountId: string, occasion: Occasion, mail: Mail): Promise<void> => {
  const name = `${occasion.about}-${occasion.jobId.replaceAll('-', '')}`;
  const messageId = messageIdOf(ctx.keys.mail, accountId, name, ctx.env.origin.hostname);
  try {
    await ctx.mailer.send({ ...mail, messageId });
  } catch (error) {
    if (!(error instanceof MailFailure) || error.kind !== 'address') throw error;
    await failAddress(ctx, accountId, 'refused');
  }
};
