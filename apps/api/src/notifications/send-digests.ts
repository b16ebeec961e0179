import { inTransaction } from '@palier/db';
import { isQuiet, wallDay } from '@palier/domain/matching';
import { rowOfNotice, wants } from '@palier/domain/notifications';
import { timeZoneOfCommune, wallClockOf } from '@palier/domain/places';
import type { MailContext } from './context.ts';
import { writeDigest } from './digest-letter.ts';
import {
  claimDigest,
  claimDigestState,
  endCutDigests,
  listCommunes,
  listUnmailed,
  listUrgent,
  markMailed,
  type OpenDigest,
  openDays,
} from './digests.queries.ts';
import { failAddress } from './fail-address.ts';
import { MailFailure } from './mail-failure.ts';
import { messageIdOf, sealMailLink } from './mail-identity.ts';
import { discreet, isWaiting, listSubjects, viewOfNotice } from './notice-subjects.ts';
import { findNoticeReader, type NoticeReader } from './noticed.queries.ts';

const leaseMs = 120_000;
const againMs = 600_000;
const listedMax = 20;
const readMax = 200;
const linkLifeMs = 14 * 86_400_000;
/** A link to unsubscribe outlives the others, in ms: 90 days. */
const stopLifeMs = 90 * 86_400_000;

/** Opens the day of every account whose hour has come on its own commune's clocks. */
const openDueDays = async (ctx: MailContext): Promise<void> => {
  const now = ctx.clock();
  const zones = new Map<string, string[]>([['Europe/Paris', []]]);
  for (const commune of await listCommunes(ctx.db)) {
    const zone = timeZoneOfCommune(commune);
    zones.set(zone, [...(zones.get(zone) ?? []), commune]);
  }
  for (const [zone, communes] of zones) {
    if (isQuiet(now, zone)) continue;
    const at = { day: wallDay(now, zone), hour: wallClockOf(now, zone).hour, now };
    await openDays(ctx.db, { ...at, communes, isElsewhere: zone === 'Europe/Paris' });
  }
};

/** What one account's e-mail says now: what still waits, is unread, and was chosen to be mailed; null when that is nothing. */
const compose = async (ctx: MailContext, reader: NoticeReader) => {
  const { accountId, viewer, locale, choices } = reader;
  const now = ctx.clock();
  const rows = await listUnmailed(ctx.db, accountId, readMax);
  const subjects = await listSubjects(ctx.db, viewer, rows);
  const urgent = await listUrgent(
    ctx.db,
    rows.flatMap(({ postId }) => postId ?? []),
    now,
  );
  const mailed = rows.filter((row) => {
    const isUrgent = row.postId !== null && urgent.has(row.postId);
    return wants(choices, rowOfNotice(row.kind, isUrgent), 'mail') && isWaiting(row, subjects);
  });
  if (mailed.length === 0) return null;
  const { origin, instance } = ctx.env;
  const expiresAt = new Date(now.getTime() + linkLifeMs);
  const stop = sealMailLink(ctx.keys.mail, 'stop', accountId, new Date(now.getTime() + stopLifeMs));
  const shown = discreet(subjects);
  const items = mailed.slice(0, listedMax).map((row) => ({
    ...viewOfNotice(row, shown, locale),
    link: `${origin.origin}/api/mail/open?l=${sealMailLink(ctx.keys.mail, 'open', row.id, expiresAt)}`,
  }));
  const stopLink = `${origin.origin}/api/mail/stop?l=${stop}`;
  const mail = writeDigest({
    ...{ to: reader.email, name: reader.displayName, locale, instance: instance.name, items, stopLink },
    ...{
      more: mailed.length - items.length,
      allLink: `${origin.origin}/avis`,
      choicesLink: `${origin.origin}/moi/prevenir`,
    },
  });
  return { mail: { ...mail, stopLink }, ids: mailed.map(({ id }) => id) };
};

/** Writes and hands over one day's e-mail; it says `handing` before, so that whoever is cut in between sends it no second time. */
const sendDigest = async (ctx: MailContext, one: OpenDigest): Promise<void> => {
  const reader = await findNoticeReader(ctx.db, one.accountId);
  const isDay = reader && !isQuiet(ctx.clock(), reader.timeZone) && wallDay(ctx.clock(), reader.timeZone) === one.day;
  const mayMail = isDay && reader.emailConfirmedAt !== null && reader.choices.mailHour !== null;
  const letter = mayMail ? await compose(ctx, reader) : null;
  if (!letter) {
    await claimDigestState(ctx.db, one, 'waiting', { state: 'nothing', endedAt: ctx.clock() });
    return;
  }
  const { mail, ids } = letter;
  const messageId = messageIdOf(ctx.keys.mail, one.accountId, `digest-${one.day}`, ctx.env.origin.hostname);
  const leaseUntil = new Date(ctx.clock().getTime() + leaseMs);
  if (
    !(await claimDigestState(ctx.db, one, 'waiting', { state: 'handing', messageId, notices: ids.length, leaseUntil }))
  )
    return;
  try {
    await ctx.mailer.send({ ...mail, messageId, date: ctx.clock() });
  } catch (error) {
    await settleFailure(ctx, one, error);
    return;
  }
  await inTransaction(ctx.db, async (tx) => {
    if (await claimDigestState(tx, one, 'handing', { state: 'sent', endedAt: ctx.clock() }))
      await markMailed(tx, ids, ctx.clock());
  });
};

const settleFailure = async (ctx: MailContext, one: OpenDigest, error: unknown): Promise<void> => {
  const kind = error instanceof MailFailure ? error.kind : 'unsure';
  const now = ctx.clock();
  if (kind === 'later') {
    const leaseUntil = new Date(now.getTime() + againMs);
    await claimDigestState(ctx.db, one, 'handing', { state: 'waiting', leaseUntil });
    return;
  }
  await claimDigestState(ctx.db, one, 'handing', { state: kind === 'unsure' ? 'unsure' : 'refused', endedAt: now });
  if (kind === 'address') await failAddress(ctx, one.accountId, 'refused');
};

/**
 * Sends the e-mail of the day to everyone whose hour has come: at most one a person and a day of their calendar, none when nothing new waits unread, none at night. Any number of processes
 * may run it at once, and be cut at any moment. Answers how many were looked at.
 */
export const sendDigests = async (ctx: MailContext): Promise<number> => {
  await endCutDigests(ctx.db, ctx.clock());
  await openDueDays(ctx);
  for (let n = 0; ; n++) {
    const one = await claimDigest(ctx.db, ctx.clock(), leaseMs);
    if (!one) return n;
    await sendDigest(ctx, one);
  }
};
