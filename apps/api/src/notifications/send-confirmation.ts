import { m } from '@palier/messages';
import type { MailContext } from './context.ts';
import { sendLink } from './send-link.ts';

/** How long a confirmation link is good, in ms: 24 hours. */
const lifeMs = 86_400_000;

/** Mails the link that confirms an account's address; nothing when the account is gone or its address is already confirmed. */
export const sendConfirmation = (ctx: MailContext, input: { accountId: string; jobId: string }): Promise<void> =>
  sendLink(ctx, input, {
    purpose: 'confirm',
    lifeMs,
    path: '/confirmer',
    words: (locale) => ({
      subject: m.mail_confirm_subject({}, { locale }),
      lead: m.mail_confirm_lead({}, { locale }),
      button: m.mail_confirm_button({}, { locale }),
      notes: [m.mail_confirm_life({}, { locale }), m.mail_confirm_stranger({}, { locale })],
    }),
  });
