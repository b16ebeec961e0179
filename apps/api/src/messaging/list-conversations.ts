import { ConversationView, ListConversations } from '@palier/domain/messaging';
import { pageOf } from '@palier/domain/paging';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { openCursor, sealCursor } from '../cursor.ts';
import { reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { listBlockedOf } from '../posts/index.ts';
import { findHead, seqHeader } from '../stream-head.ts';
import { listTalks } from './conversation.queries.ts';
import { conversationView } from './conversation-view.ts';
import { listTalkLines } from './list.queries.ts';
import { standingOf } from './standing.ts';

const Conversations = pageOf(ConversationView);

/** My conversations, the one last spoken in first, with the head of the stream as it was before they were read. Code: `cursor.invalid`. */
export const listConversations = async (
  ctx: ResidentContext,
  { cursor, limit, postId }: ListConversations,
): Promise<z.infer<typeof Conversations> & { head: number }> => {
  const { residentId } = ctx.actor;
  const db = reader(ctx);
  const scope = `conversations ${residentId} ${postId ?? ''}`;
  const [at, id] = cursor === undefined ? [] : openCursor(ctx.keys, scope, cursor);
  const after = at === undefined ? null : { at: Number(at), id: String(id) };
  const head = await findHead(db);
  const lines = await listTalkLines(db, residentId, { postId, after, limit: limit + 1 });
  const shown = lines.slice(0, limit);
  const talks = await listTalks(
    db,
    shown.map((line) => line.id),
  );
  const blocked = await listBlockedOf(db, residentId);
  const last = lines.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.flatMap((line) => {
      const talk = talks.get(line.id);
      const standing = talk && standingOf(talk, residentId, blocked);
      return standing ? [conversationView(ctx.actor, standing, line, ctx)] : [];
    }),
    next: last ? sealCursor(ctx.keys, scope, [last.at.getTime(), last.id]) : null,
    head,
  };
};

export const listConversationsRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/conversations',
    {
      config: { mayActFor: true },
      schema: {
        operationId: 'conversations.list',
        tags: ['messaging'],
        querystring: ListConversations,
        response: { 200: Conversations, ...refusals() },
      },
    },
    async (request, reply) => {
      const { head, ...page } = await listConversations(request.resident(), request.query);
      reply.header(seqHeader, String(head));
      return page;
    },
  );
};
