import type { AuditAction } from '@palier/domain/moderation';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { mutate } from '../mutate.ts';
import { notify, readTalkNotices } from '../notifications/index.ts';
import { listTalks, type Talk } from './conversation.queries.ts';
import { claimReminders } from './meetings.queries.ts';
import { sidesOf } from './standing.ts';
import { listToTell } from './tell.queries.ts';

/** What the job of a conversation's turn carries. */
export const TalkTurn = z.strictObject({
  conversationId: z.uuid(),
  by: z.uuid(),
  messageId: z.uuid().nullable(),
});

const entryOf = ({ id, post }: Talk, action: AuditAction, at: Date) =>
  ({
    at,
    actorId: null,
    actorRole: 'system',
    action,
    subject: 'conversation',
    subjectId: id,
    residenceId: post.residenceId,
    commune: post.commune,
  }) as const;

/**
 * Tells the other sides that somebody wrote to them, or moved a meeting: not who reads it on screen already, nor anyone behind a block; of one conversation once until it is read. Run
 * twice, each is told once. Answers how many were told now.
 */
export const tellOfTalk = async (
  ctx: Context<unknown>,
  { conversationId, by, messageId }: z.infer<typeof TalkTurn>,
): Promise<number> => {
  const talk = (await listTalks(ctx.db, [conversationId])).get(conversationId);
  if (!talk) return 0;
  const sides = sidesOf(talk).map(({ id }) => id);
  const accountIds = await listToTell(ctx.db, conversationId, { sides, by, messageId });
  const kind = messageId === null ? 'meeting' : 'message';
  return mutate(ctx, (tx) =>
    notify(
      tx,
      entryOf(talk, 'conversation.tell', ctx.now),
      accountIds.map((accountId) => ({ accountId, kind, conversationId })),
    ),
  );
};

/** Reminds both sides of the meetings that are near, each once, at the hour that was set when it was agreed: never in the commune's night. Answers how many were told. */
export const remindOfMeetings = async (ctx: Context<unknown>): Promise<number> =>
  mutate(ctx, async (tx) => {
    const due = await claimReminders(tx, ctx.now);
    let told = 0;
    for (const [conversationId, talk] of await listTalks(tx, due)) {
      const sides = sidesOf(talk).map(({ id }) => id);
      const accountIds = await listToTell(tx, conversationId, { sides, by: null, messageId: null });
      await readTalkNotices(tx, accountIds, conversationId, 'meeting', ctx.now);
      const notices = accountIds.map((accountId) => ({ accountId, kind: 'meeting' as const, conversationId }));
      told += await notify(tx, entryOf(talk, 'meeting.remind', ctx.now), notices);
    }
    return told;
  });
