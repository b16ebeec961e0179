import { schema } from '@palier/db';
import { m } from '@palier/messages';
import { and, desc, eq, isNull, ne } from 'drizzle-orm';
import type { MailContext } from './context.ts';
import { writeLetter } from './letter.ts';
import { messageIdOf } from './mail-identity.ts';
import { deriveMailToken } from './mail-tokens.ts';
import { findAddressee } from './notifications.queries.ts';

const { accounts, emailChanges } = schema;
type Locale = 'fr' | 'en';

/** What each side of a change of address is mailed: the new one to confirm it and once it is done, the old one, with a link that undoes it, when it is asked and once it is done. */
const letters = {
  confirm: {
    side: 'new',
    words: (locale: Locale) => ({
      subject: m.mail_address_confirm_subject({}, { locale }),
      lead: m.mail_address_confirm_lead({}, { locale }),
      button: m.mail_address_confirm_button({}, { locale }),
      notes: [m.mail_address_confirm_life({}, { locale }), m.mail_address_confirm_stranger({}, { locale })],
    }),
  },
  asked: {
    side: 'old',
    words: (locale: Locale) => ({
      subject: m.mail_address_asked_subject({}, { locale }),
      lead: m.mail_address_asked_lead({}, { locale }),
      button: m.mail_address_asked_button({}, { locale }),
      notes: [m.mail_address_undo_note({}, { locale })],
    }),
  },
  changed: {
    side: 'old',
    words: (locale: Locale) => ({
      subject: m.mail_address_changed_subject({}, { locale }),
      lead: m.mail_address_changed_lead({}, { locale }),
      button: m.mail_address_changed_button({}, { locale }),
      notes: [m.mail_address_undo_note({}, { locale })],
    }),
  },
  welcome: {
    side: 'new',
    words: (locale: Locale) => ({
      subject: m.mail_address_welcome_subject({}, { locale }),
      lead: m.mail_address_welcome_lead({}, { locale }),
      button: m.mail_address_welcome_button({}, { locale }),
      notes: [],
    }),
  },
} as const;

export const addressMails = Object.keys(letters) as (keyof typeof letters)[];
export type AddressMail = keyof typeof letters;

/** The change of an account that is under way or done last, unless it was stopped. */
const findChange = async ({ db }: MailContext, accountId: string) => {
  const [change] = await db
    .select()
    .from(emailChanges)
    .where(and(eq(emailChanges.accountId, accountId), isNull(emailChanges.undoneAt)))
    .orderBy(desc(emailChanges.askedAt))
    .limit(1);
  return change;
};

const isAnothers = async ({ db }: MailContext, email: string, accountId: string): Promise<boolean> => {
  const rows = await db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.email, email), ne(accounts.id, accountId)));
  return rows.length > 0;
};

/** Mails one side of a change of address; nothing when it was stopped meanwhile, and never the address of another account. */
export const sendEmailChange = async (
  ctx: MailContext,
  { accountId, about }: { accountId: string; about: AddressMail },
): Promise<void> => {
  const account = await findAddressee(ctx.db, accountId);
  const change = await findChange(ctx, accountId);
  if (!account || !change) return;
  const isDone = change.confirmedAt !== null;
  if (isDone !== (about === 'changed' || about === 'welcome')) return;
  const { side, words } = letters[about];
  const to = side === 'new' ? change.toEmail : change.fromEmail;
  if (await isAnothers(ctx, to, accountId)) return;
  const { instance, origin } = ctx.env;
  const linkFor = (purpose: 'address' | 'undo', path: string) =>
    `${origin.origin}${path}?token=${deriveMailToken(ctx.keys.mail, purpose, change.id)}`;
  const link =
    side === 'old'
      ? linkFor('undo', '/adresse/annuler')
      : isDone
        ? `${origin.origin}/moi`
        : linkFor('address', '/adresse/confirmer');
  const { locale, displayName: name } = account;
  const mail = writeLetter({ to, name, locale, instance: instance.name, link, ...words(locale) });
  const occasion = `${about}-${change.id.replaceAll('-', '')}`;
  await ctx.mailer.send({ ...mail, messageId: messageIdOf(ctx.keys.mail, accountId, occasion, origin.hostname) });
};
