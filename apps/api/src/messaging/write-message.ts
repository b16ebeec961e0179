import type { Transaction } from '@palier/db';
import type { ConversationChange } from '@palier/domain/live';
import {
  canWrite,
  holdsLink,
  type MessageView,
  messagePace,
  paceWaitMs,
  type QuickAnswer,
} from '@palier/domain/messaging';
import type { AuditAction } from '@palier/domain/moderation';
import { canActTowards } from '../acting.ts';
import type { ResidentContext } from '../context.ts';
import { AppError, insist } from '../errors.ts';
import { newId } from '../ids.ts';
import { actedBy, type OutboxEvent, record } from '../record.ts';
import { keepConversation } from './conversation.queries.ts';
import { messageView } from './message-view.ts';
import { findAccountName, insertMessage, listSentSince, lockWriter } from './messages.queries.ts';
import { findStanding, type Standing } from './standing.ts';

/** The stream's word of a conversation, for whoever is a side of it when it is told. */
export const talkEvent = (
  talk: Pick<Standing, 'id' | 'isGroup' | 'others'>,
  change: ConversationChange,
  by: string,
  messageId?: string,
): OutboxEvent => {
  const other = talk.isGroup ? undefined : talk.others[0];
  return {
    kind: 'conversation',
    change,
    conversationId: talk.id,
    sideA: by,
    ...(other && { sideB: other.id }),
    ...(messageId && { messageId }),
  };
};

/** What the log keeps of an act in a conversation. */
export const talkEntry = (ctx: ResidentContext, talk: Standing, action: AuditAction) =>
  ({
    ...actedBy(ctx),
    action,
    subject: 'conversation',
    subjectId: talk.id,
    residenceId: talk.post.residenceId,
    commune: talk.post.commune,
  }) as const;

const keepPace = async (tx: Transaction, ctx: ResidentContext): Promise<void> => {
  if (!ctx.env.hasRateLimits) return;
  const since = new Date(ctx.now.getTime() - messagePace.lookedBackMs);
  const waitMs = paceWaitMs(await listSentSince(tx, ctx.actor.residentId, since), ctx.now);
  if (waitMs > 0) throw new AppError('rate.messages', { retryAfterS: Math.ceil(waitMs / 1000) });
};

type Written = {
  text?: string;
  quick?: QuickAnswer;
  photo?: { id: string; width: number; height: number };
  /** What the message needs to be there before it. */
  before?: (tx: Transaction) => Promise<void>;
};

/**
 * Writes one message where its author may: locked against a block that is being set and against their own others, so that the pace holds.
 * Codes: `resource.absent`, `conversation.closed`, `acting.self`, `rate.messages`.
 */
export const writeMessage = async (
  tx: Transaction,
  ctx: ResidentContext,
  conversationId: string,
  { text = '', quick, photo, before }: Written,
): Promise<{ view: MessageView; talk: Standing }> => {
  const { residentId, displayName } = ctx.actor;
  const accountSince = await lockWriter(tx, residentId);
  const talk = await findStanding(ctx, conversationId, tx);
  insist(canWrite(talk, ctx.now));
  for (const { id } of talk.others) insist(canActTowards(ctx, id));
  await keepPace(tx, ctx);
  await keepConversation(tx, talk, ctx.now);
  await before?.(tx);
  const linkHeld = accountSince !== null && holdsLink(text, accountSince, ctx.now);
  const row = { id: newId(), conversationId, authorId: residentId, text, linkHeld, createdAt: ctx.now };
  const writer = ctx.acting ? ctx.actor.accountId : null;
  await insertMessage(tx, { ...row, quick: quick ?? null, photoId: photo?.id ?? null, writtenBy: writer });
  await record(tx, { ...talkEntry(ctx, talk, 'message.send'), ...(text && { text }) }, [
    talkEvent(talk, 'message', residentId, row.id),
  ]);
  const writtenBy = writer && (await findAccountName(tx, writer));
  const stored = { ...row, authorName: displayName, writtenBy, quick: quick ?? null, photo: photo ?? null };
  return { view: messageView(stored, { residentId, locale: ctx.locale }), talk };
};
