import { ReadMessages } from '@palier/domain/messaging';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { orAbsent } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { readTalkNotices } from '../notifications/index.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { ConversationId } from './list-messages.ts';
import { claimReadUpTo, findSentAt } from './messages.queries.ts';
import { findStanding } from './standing.ts';
import { talkEntry, talkEvent } from './write-message.ts';

/** Says up to which message I have read; a mark never goes back, and reading twice is reading once. Code: `resource.absent`. */
export const readMessages = async (
  ctx: ResidentContext,
  { conversationId, messageId }: z.infer<typeof ReadMessages> & { conversationId: string },
): Promise<void> => {
  const { residentId, accountId } = ctx.actor;
  await mutate(ctx, async (tx) => {
    const talk = await findStanding(ctx, conversationId, tx);
    const sentAt = orAbsent(await findSentAt(tx, conversationId, messageId));
    const upTo = talk.readsUntil && sentAt > talk.readsUntil ? talk.readsUntil : sentAt;
    await readTalkNotices(tx, [accountId], conversationId, 'message', ctx.now);
    await readTalkNotices(tx, [accountId], conversationId, 'meeting', ctx.now);
    if (!(await claimReadUpTo(tx, conversationId, residentId, upTo))) return;
    await record(tx, talkEntry(ctx, talk, 'conversation.read'), [talkEvent(talk, 'read', residentId)]);
  });
};

export const readMessagesRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/conversations/:conversationId/read',
    {
      config: { mayActFor: true },
      schema: {
        operationId: 'messages.read',
        tags: ['messaging'],
        params: ConversationId,
        body: ReadMessages,
        response: { 204: z.null(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await readMessages(request.resident(), { ...request.body, ...request.params });
      return reply.code(204).send(null);
    },
  );
};
