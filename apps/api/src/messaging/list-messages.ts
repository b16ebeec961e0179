import { ListMessages, MessageView } from '@palier/domain/messaging';
import { pageOf } from '@palier/domain/paging';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { openCursor, sealCursor } from '../cursor.ts';
import { reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { findHead, seqHeader } from '../stream-head.ts';
import { messageView } from './message-view.ts';
import { listStoredMessages } from './messages.queries.ts';
import { findStanding } from './standing.ts';

export const ConversationId = z.strictObject({ conversationId: z.uuid() });

const Messages = pageOf(MessageView);

/** The messages of a conversation of mine, the newest first, a page at a time, with the head of the stream as it was before they were read. Codes: `resource.absent`, `cursor.invalid`. */
export const listMessages = async (
  ctx: ResidentContext,
  { conversationId, cursor, limit, shown }: ListMessages & { conversationId: string },
): Promise<z.infer<typeof Messages> & { head: number }> => {
  const { residentId } = ctx.actor;
  const head = await findHead(reader(ctx));
  const { blocked, readsUntil } = await findStanding(ctx, conversationId);
  const scope = `messages ${residentId} ${conversationId}`;
  const [at, id] = cursor === undefined ? [] : openCursor(ctx.keys, scope, cursor);
  const rows = await listStoredMessages(reader(ctx), conversationId, {
    hidden: blocked,
    until: readsUntil,
    after: at === undefined ? null : { at: Number(at), id: String(id) },
    limit: limit + 1,
  });
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map((row) => messageView(row, { residentId, locale: ctx.locale, shown })),
    next: last ? sealCursor(ctx.keys, scope, [last.createdAt.getTime(), last.id]) : null,
    head,
  };
};

export const listMessagesRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/conversations/:conversationId/messages',
    {
      config: { mayActFor: true },
      schema: {
        operationId: 'messages.list',
        tags: ['messaging'],
        params: ConversationId,
        querystring: ListMessages,
        response: { 200: Messages, ...refusals(404) },
      },
    },
    async (request, reply) => {
      const { head, ...page } = await listMessages(request.resident(), { ...request.query, ...request.params });
      reply.header(seqHeader, String(head));
      return page;
    },
  );
};
