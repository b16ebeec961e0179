import { m } from '@palier/messages';
import type { MailContext } from './context.ts';
import { handMail } from './hand-mail.ts';
import { writeLetter } from './letter.ts';
import { findAddressee } from './notifications.queries.ts';

type Locale = 'fr' | 'en';
type Words = { subject: string; lead: string; button: string; path: string; notes: readonly string[] };

/** What the owner of an account is told by mail at once: of the account itself, whoever did it; of an alarm of the watch, without a word of whose. */
const letters = {
  leaving: (locale: Locale, day: string): Words => ({
    subject: m.mail_leaving_subject({}, { locale }),
    lead: m.mail_leaving_lead({ day }, { locale }),
    button: m.mail_leaving_button({}, { locale }),
    path: '/connexion',
    notes: [m.mail_leaving_note({}, { locale })],
  }),
  password: (locale: Locale): Words => ({
    subject: m.mail_password_subject({}, { locale }),
    lead: m.mail_password_lead({}, { locale }),
    button: m.mail_password_button({}, { locale }),
    path: '/connexion',
    notes: [m.mail_password_note({}, { locale })],
  }),
  factor: (locale: Locale): Words => ({
    subject: m.mail_factor_subject({}, { locale }),
    lead: m.mail_factor_lead({}, { locale }),
    button: m.mail_factor_button({}, { locale }),
    path: '/compte/second-facteur',
    notes: [m.mail_factor_note({}, { locale })],
  }),
  alarm: (locale: Locale): Words => ({
    subject: m.mail_alarm_subject({}, { locale }),
    lead: m.mail_alarm_lead({}, { locale }),
    button: m.mail_alarm_button({}, { locale }),
    path: '/veille/tableau',
    notes: [m.mail_alarm_note({}, { locale })],
  }),
  'alarm-near': (locale: Locale): Words => ({
    subject: m.mail_alarm_near_subject({}, { locale }),
    lead: m.mail_alarm_near_lead({}, { locale }),
    button: m.mail_alarm_near_button({}, { locale }),
    path: '/bureau/rondes',
    notes: [m.mail_alarm_note({}, { locale })],
  }),
} as const;

export const accountMails = Object.keys(letters) as (keyof typeof letters)[];
export type AccountMail = keyof typeof letters;

/** Mails the owner of an account about it, in their language; nothing when the account is gone or its address was never confirmed. */
export const sendAccountMail = async (
  ctx: MailContext,
  { accountId, about, jobId }: { accountId: string; about: AccountMail; jobId: string },
): Promise<void> => {
  const account = await findAddressee(ctx.db, accountId);
  if (!account?.emailConfirmedAt) return;
  const { locale, email: to, displayName: name, eraseAt } = account;
  if (about === 'leaving' && !eraseAt) return; // they came back meanwhile
  const day = (eraseAt ?? ctx.clock())
    .toLocaleDateString(locale === 'fr' ? 'fr' : 'en-GB', {
      dateStyle: 'long',
      timeZone: 'Europe/Paris',
    })
    .replace(' ', '\u00a0'); // a day stays with its month
  const { path, ...words } = letters[about](locale, day);
  const { instance, origin } = ctx.env;
  const link = `${origin.origin}${path}`;
  const mail = writeLetter({ to, name, locale, instance: instance.name, link, ...words });
  await handMail(ctx, accountId, { about, jobId }, mail);
};
