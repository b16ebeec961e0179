import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFormerNames } from '@palier/messages/former';
import { createTransport } from 'nodemailer';
import type { Env } from '../env.ts';
import { newId } from '../ids.ts';
import { kindOfFailure, MailFailure, type SmtpError } from './mail-failure.ts';

/** One message, whole: the same words as text and as HTML. */
export type Mail = {
  to: string;
  subject: string;
  text: string;
  html: string;
  locale: 'fr' | 'en';
  messageId?: string;
  date?: Date;
  /** Where one asks for no more of these, without signing in (RFC 2369, RFC 8058). */
  stopLink?: string;
};

export type Mailer = {
  /** Hands a message over; rejects with `MailFailure` when it was not taken, or may not have been, so that the job knows whether to try again. */
  send: (mail: Mail) => Promise<void>;
  close: () => void;
};

const timeoutMs = 10_000;

/** A message with whoever left named in its language, and what every mail of ours says to programs: that language, that no one typed it, and how to ask for no more. */
const withHeaders = ({ locale, stopLink, subject, text, html, ...mail }: Mail) => ({
  ...mail,
  subject: withFormerNames(subject, locale),
  text: withFormerNames(text, locale),
  html: withFormerNames(html, locale),
  headers: {
    'Content-Language': locale,
    'Auto-Submitted': 'auto-generated',
    ...(stopLink && { 'List-Unsubscribe': `<${stopLink}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
  },
});

const toSmtp = (smtpUrl: string, from: string): Mailer => {
  const transport = createTransport(
    {
      url: smtpUrl,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  );
  return {
    send: async (mail) => {
      try {
        await transport.sendMail(withHeaders(mail));
      } catch (error) {
        throw new MailFailure(kindOfFailure(error as SmtpError), error);
      }
    },
    close: () => transport.close(),
  };
};

const toFiles = (dataDir: string, from: string, say: (line: string) => void): Mailer => {
  const folder = join(dataDir, 'mail');
  const transport = createTransport(
    { streamTransport: true, buffer: true, newline: 'unix' },
    { from, disableFileAccess: true, disableUrlAccess: true },
  );
  let isSaid = false;
  return {
    send: async (mail) => {
      const { message } = await transport.sendMail(withHeaders(mail));
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(join(folder, `${newId()}.eml`), message as Buffer, { mode: 0o600 });
      if (!isSaid) say(`SMTP_URL is not set: mails are written to ${folder}`);
      isSaid = true;
    },
    close: () => transport.close(),
  };
};

/** Opens the way out for mails: SMTP_URL, else one file a mail in DATA_DIR/mail, which the console says once. This is the only file that knows nodemailer. */
export const openMailer = (
  { smtpUrl, mailFrom, dataDir }: Pick<Env, 'smtpUrl' | 'mailFrom' | 'dataDir'>,
  say: (line: string) => void,
): Mailer => (smtpUrl ? toSmtp(smtpUrl, mailFrom) : toFiles(dataDir, mailFrom, say));
