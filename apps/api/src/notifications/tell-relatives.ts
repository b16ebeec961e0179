import type { Locale } from '@palier/domain/accounts';
import { firstNameOf } from '@palier/domain/offline';
import { m } from '@palier/messages';
import { claimStop } from './confirm-copy.ts';
import type { MailContext } from './context.ts';
import { findToAsk, findToTell, type ToldState } from './copies.queries.ts';
import { writeLetter } from './letter.ts';
import { MailFailure } from './mail-failure.ts';
import { messageIdOf, sealMailLink } from './mail-identity.ts';

const dayMs = 86_400_000;
const askLifeMs = 7 * dayMs;
/** A link that ends it outlives whatever may be told, in ms. */
const stopLifeMs = 400 * dayMs;

type Relative = { copyId: string; email: string; locale: Locale };
type Said = Pick<Parameters<typeof writeLetter>[0], 'subject' | 'lead' | 'button' | 'link' | 'notes'>;

/** Hands a relative one mail, with its one-click end; an address that takes none is written to no more. */
const mail = async (
  ctx: MailContext,
  { copyId, email: to, locale }: Relative,
  occasion: string,
  said: (stopPage: string) => Said,
) => {
  const { origin, instance } = ctx.env;
  const stop = sealMailLink(ctx.keys.mail, 'copy-stop', copyId, new Date(ctx.clock().getTime() + stopLifeMs));
  const letter = { to, name: null, locale, instance: instance.name, ...said(`${origin.origin}/proche?fin=${stop}`) };
  const stopLink = `${origin.origin}/api/mail/stop?l=${stop}`;
  const messageId = messageIdOf(ctx.keys.mail, copyId, occasion, origin.hostname);
  try {
    await ctx.mailer.send({ ...writeLetter(letter), stopLink, messageId });
  } catch (error) {
    if (!(error instanceof MailFailure) || error.kind !== 'address') throw error;
    await claimStop(ctx, copyId);
  }
};

/** Asks a relative whether they wish to be told: who asks, by first name at most, and nothing of the post nor of the person helped. */
export const askToTell = async (ctx: MailContext, { copyId }: { copyId: string }): Promise<void> => {
  const asked = await findToAsk(ctx.db, copyId);
  if (!asked) return;
  const { locale, asker, createdAt } = asked;
  const link = sealMailLink(ctx.keys.mail, 'copy', copyId, new Date(createdAt.getTime() + askLifeMs));
  const name = firstNameOf(asker) ?? m.mail_copy_neighbour({}, { locale });
  await mail(ctx, { copyId, ...asked }, 'copy-ask', (stopPage) => ({
    subject: m.mail_copy_ask_subject({}, { locale }),
    lead: m.mail_copy_ask_lead({ name }, { locale }),
    button: m.mail_copy_ask_button({}, { locale }),
    link: `${ctx.env.origin.origin}/proche?l=${link}`,
    notes: [m.mail_copy_ask_note({}, { locale }), `${m.mail_copy_never({}, { locale })} ${stopPage}`],
  }));
};

const stateOf = (change: string): ToldState | null => {
  if (['accepted', 'promoted', 'standing'].includes(change)) return 'accepted';
  if (change.startsWith('done')) return 'done';
  return change === 'withdrawn' ? 'withdrawn' : null;
};

const sayings = {
  accepted: [m.mail_copy_yes_subject, m.mail_copy_yes_lead],
  done: [m.mail_copy_done_subject, m.mail_copy_done_lead],
  withdrawn: [m.mail_copy_gone_subject, m.mail_copy_gone_lead],
} as const satisfies Record<ToldState, readonly unknown[]>;

/**
 * Tells the relatives kept in copy that someone said yes, that it is done, or that whoever had said yes cannot come and nobody else does: once for each ask,
 * with the helper's first name at most. A retry sends the same Message-ID.
 */
export const tellRelatives = async (
  ctx: MailContext,
  { favourId, change }: { favourId: string; change: string },
): Promise<void> => {
  const state = stateOf(change);
  if (!state) return;
  for (const relative of await findToTell(ctx.db, favourId, state)) {
    if (relative.isSaidByAnother) continue;
    const { locale, helper } = relative;
    const name = firstNameOf(helper) ?? m.mail_copy_neighbour({}, { locale });
    const [subject, lead] = sayings[state];
    const button = m.mail_copy_stop_button({}, { locale });
    const notes = [m.mail_copy_least({}, { locale })];
    const occasion = `copy-${state}-${favourId.replaceAll('-', '')}`;
    await mail(ctx, relative, occasion, (stopPage) => ({
      subject: subject({}, { locale }),
      lead: lead({ name }, { locale }),
      button,
      link: stopPage,
      notes,
    }));
  }
};
