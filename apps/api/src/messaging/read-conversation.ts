import { ConversationDetail } from '@palier/domain/messaging';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { findHead, seqHeader } from '../stream-head.ts';
import { conversationView } from './conversation-view.ts';
import { listDoors, openToDoor } from './doors.ts';
import { listTalkLines } from './list.queries.ts';
import { ConversationId } from './list-messages.ts';
import { readMeeting } from './meeting-view.ts';
import { listReads } from './messages.queries.ts';
import { findStanding } from './standing.ts';

/** One conversation of mine: who, how far each has read, when we meet, and the doors that are mine to see now. Code: `resource.absent`. */
export const readConversation = async (
  ctx: ResidentContext,
  { conversationId }: { conversationId: string },
): Promise<{ conversation: ConversationDetail; head: number }> => {
  const { residentId } = ctx.actor;
  const db = reader(ctx);
  const head = await findHead(db);
  const talk = await findStanding(ctx, conversationId);
  const [line] = await listTalkLines(db, residentId, { id: conversationId, after: null, limit: 1 });
  const reads = await listReads(
    db,
    conversationId,
    talk.others.map(({ id }) => id),
  );
  const conversation = {
    ...conversationView(ctx.actor, talk, line ?? { last: null, unread: 0 }, ctx),
    favours: talk.favours.map(({ id, state, author, answerer }) => ({
      id,
      state,
      iAmSide: author.id === residentId || answerer.id === residentId,
    })),
    reads: talk.isStillSide ? reads.map(({ upTo, ...read }) => ({ ...read, upTo: upTo.toISOString() })) : [],
    meeting: talk.isStillSide ? await readMeeting(db, conversationId, residentId) : null,
    // Whoever acts for a neighbour reads what is said, never a door.
    ...(ctx.acting ? { doors: [], myDoor: null } : await listDoors(db, ctx, talk)),
    mayShareDoor: !ctx.acting && openToDoor(talk, residentId).length > 0,
  };
  return { conversation, head };
};

export const readConversationRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/conversations/:conversationId',
    {
      config: { mayActFor: true },
      schema: {
        operationId: 'conversations.read',
        tags: ['messaging'],
        params: ConversationId,
        response: { 200: z.strictObject({ conversation: ConversationDetail }), ...refusals(404) },
      },
    },
    async (request, reply) => {
      const { head, conversation } = await readConversation(request.resident(), request.params);
      reply.header(seqHeader, String(head));
      return { conversation };
    },
  );
};
