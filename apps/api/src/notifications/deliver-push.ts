import { inTransaction } from '@palier/db';
import { wallDay } from '@palier/domain/matching';
import { type PushPayload, type PushVerdict, pushVerdict } from '@palier/domain/notifications';
import { withFormerNames } from '@palier/messages/former';
import type { Deps } from '../context.ts';
import { hmac } from '../keys.ts';
import { discreet, isWaiting, listSubjects, viewOfNotice } from './notice-subjects.ts';
import { findNoticeReader, type NoticeReader } from './noticed.queries.ts';
import type { PushSender } from './push-sender.ts';
import {
  claimPush,
  countPushes,
  deferPush,
  deleteDevices,
  findPushable,
  listDevices,
  listDuePushes,
  settlePush,
  touchDevices,
} from './pushes.queries.ts';

export type PushContext = Pick<Deps, 'db' | 'keys' | 'clock'> & { push: PushSender };

const leaseMs = 60_000;
const attemptsMax = 6;
/** How long until the next attempt, in ms: one minute, then twice as long each time. */
const backoffMs = (attempt: number): number => 60_000 * 2 ** (attempt - 1);
const batch = 500;

/** An open alarm of the watch rings its readers at night too. */
const isAlarm = ({ kind, turn }: { kind: string; turn: string }): boolean => kind === 'watch' && turn === 'alarm';

type Pushable = NonNullable<Awaited<ReturnType<typeof findPushable>>>;

/** What is sent to a device: a code, ids, and a sentence with first names alone. */
const payloadOf = async (
  ctx: PushContext,
  { notice }: Pushable,
  { viewer, locale }: NoticeReader,
): Promise<{ payload: PushPayload; isWaiting: boolean }> => {
  const subjects = await listSubjects(ctx.db, viewer, [notice]);
  const said = viewOfNotice(notice, discreet(subjects), locale);
  const { href } = said;
  const [title, body] = [withFormerNames(said.title, locale), withFormerNames(said.text, locale)];
  const { id: notificationId, kind, conversationId, caseId, favourId, postId } = notice;
  // A topic is 32 characters at most (RFC 8030); it says nothing to the push service.
  const about = `${kind} ${conversationId ?? caseId ?? favourId ?? postId ?? notificationId}`;
  const tag = hmac(ctx.keys.mail, `push ${about}`).toString('base64url').slice(0, 32);
  const payload = { version: 1, kind, notificationId, title, body, href: href ?? '/avis', tag, locale } as const;
  return { payload, isWaiting: isWaiting(notice, subjects) };
};

/** Decides, and takes the push if it is to be sent now; answers what to send it with. */
const decide = (
  ctx: PushContext,
  { notice, urgentUntil }: Pushable,
  reader: NoticeReader,
  waits: boolean,
): Promise<{ verdict: PushVerdict; attempt: number | undefined }> => {
  const now = ctx.clock();
  const day = wallDay(now, reader.timeZone);
  return inTransaction(ctx.db, async (tx) => {
    const pushedToday = await countPushes(tx, reader.accountId, day);
    const isUrgent = urgentUntil !== null && urgentUntil > now;
    const pushable = {
      ...notice,
      isUrgent,
      isRead: notice.readAt !== null,
      isWaiting: waits,
      isAlarm: isAlarm(notice),
    };
    const verdict = pushVerdict(pushable, { ...reader, pushedToday }, now);
    const row = { notificationId: notice.id, accountId: reader.accountId, day, dueAt: now };
    if (verdict.send) {
      const { isCounted } = verdict;
      return { verdict, attempt: await claimPush(tx, { ...row, isCounted }, now, new Date(now.getTime() + leaseMs)) };
    }
    if (verdict.laterAt) await deferPush(tx, { ...row, dueAt: verdict.laterAt });
    else await settlePush(tx, notice.id, { droppedAt: now });
    return { verdict, attempt: undefined };
  });
};

/**
 * Pushes a notification to its reader's devices if it is to be now: choices, night, cap and what was read meanwhile are asked at this moment, not when it was written. What cannot leave now
 * is put off in its row; devices that left are forgotten. Run twice at once, it is sent once.
 */
export const deliverPush = async (ctx: PushContext, notificationId: string): Promise<void> => {
  const found = await findPushable(ctx.db, notificationId);
  if (!found) return;
  const devices = await listDevices(ctx.db, found.notice.accountId);
  const reader = devices.length > 0 ? await findNoticeReader(ctx.db, found.notice.accountId) : undefined;
  if (!reader) return;
  const { payload, isWaiting: waits } = await payloadOf(ctx, found, reader);
  const { verdict, attempt } = await decide(ctx, found, reader, waits);
  if (!verdict.send || attempt === undefined) return;
  const { ttlSeconds, urgency } = verdict;
  const results = await Promise.all(
    devices.map(async (device) => ({
      id: device.id,
      pushed: await ctx.push(device, payload, { ttlSeconds, urgency, topic: payload.tag }),
    })),
  );
  const idsOf = (what: string): string[] => results.filter(({ pushed }) => pushed === what).map(({ id }) => id);
  const now = ctx.clock();
  await deleteDevices(ctx.db, idsOf('gone'));
  await touchDevices(ctx.db, idsOf('sent'), now);
  if (idsOf('sent').length > 0) await settlePush(ctx.db, notificationId, { sentAt: now });
  else if (idsOf('later').length > 0 && attempt < attemptsMax)
    await settlePush(ctx.db, notificationId, { dueAt: new Date(now.getTime() + backoffMs(attempt)) });
  else await settlePush(ctx.db, notificationId, { droppedAt: now });
};

/** Sends what was put off and is due now. */
export const deliverDuePushes = async (ctx: PushContext): Promise<void> => {
  for (const { notificationId } of await listDuePushes(ctx.db, ctx.clock(), batch))
    await deliverPush(ctx, notificationId);
};
