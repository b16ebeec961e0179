import { m } from '@palier/messages';
import type { MailContext } from './context.ts';
import { handMail } from './hand-mail.ts';
import { writeLetter } from './letter.ts';
import { findAddressee } from './notifications.queries.ts';

type Locale = 'fr' | 'en';
type Words = { subject: string; lead: string; button: string; path: string; notes: readonly string[] };

type Say = (inputs: Record<string, never>, options: { locale: Locale }) => string;
const letter =
  (path: string, [subject, lead, button, note]: readonly [Say, Say, Say, Say]) =>
  (locale: Locale): Words => ({
    subject: subject({}, { locale }),
    lead: lead({}, { locale }),
    button: button({}, { locale }),
    path,
    notes: [note({}, { locale })],
  });

/** What the owner of an account is told by mail at once: of the account itself, whoever did it; of an alarm of the watch, without a word of whose. */
const letters = {
  leaving: (locale: Locale, day: string) =>
    letter('/connexion', [
      m.mail_leaving_subject,
      () => m.mail_leaving_lead({ day }, { locale }),
      m.mail_leaving_button,
      m.mail_leaving_note,
    ])(locale),
  password: letter('/connexion', [
    m.mail_password_subject,
    m.mail_password_lead,
    m.mail_password_button,
    m.mail_password_note,
  ]),
  factor: letter('/compte/second-facteur', [
    m.mail_factor_subject,
    m.mail_factor_lead,
    m.mail_factor_button,
    m.mail_factor_note,
  ]),
  alarm: letter('/veille/tableau', [m.mail_alarm_subject, m.mail_alarm_lead, m.mail_alarm_button, m.mail_alarm_note]),
  'alarm-near': letter('/bureau/rondes', [
    m.mail_alarm_near_subject,
    m.mail_alarm_near_lead,
    m.mail_alarm_near_button,
    m.mail_alarm_note,
  ]),
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
