import { m } from '@palier/messages';
import type { MailContext } from './context.ts';
import { sendLink } from './send-link.ts';

/** How long a link to choose a new password is good, in ms: 30 minutes (reliability.md A4). */
const lifeMs = 1_800_000;

/** Mails the link by which a new password is chosen; nothing when the account is gone or its address was never confirmed. */
export const sendReset = (ctx: MailContext, input: { accountId: string; jobId: string }): Promise<void> =>
  sendLink(ctx, input, {
    purpose: 'reset',
    lifeMs,
    path: '/mot-de-passe',
    words: (locale) => ({
      subject: m.mail_reset_subject({}, { locale }),
      lead: m.mail_reset_lead({}, { locale }),
      button: m.mail_reset_button({}, { locale }),
      notes: [m.mail_reset_life({}, { locale }), m.mail_reset_stranger({}, { locale })],
    }),
  });
