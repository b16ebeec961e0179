import { canWrite } from '@palier/domain/messaging';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { insist } from '../errors.ts';
import { refusals } from '../plugins/refusals.ts';
import { ConversationId } from './list-messages.ts';
import { findStanding } from './standing.ts';

/** Whom a resident who is writing in a conversation is seen by: nobody behind a block, and nothing is kept of it. Codes: `resource.absent`, `conversation.closed`. */
export const listSeers = async (
  ctx: ResidentContext,
  { conversationId }: { conversationId: string },
): Promise<string[]> => {
  const talk = await findStanding(ctx, conversationId);
  insist(canWrite(talk, ctx.now));
  return talk.others.map(({ id }) => id);
};

export const sayTypingRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/conversations/:conversationId/typing',
    {
      schema: {
        operationId: 'messages.typing',
        tags: ['messaging'],
        params: ConversationId,
        response: { 204: z.null(), ...refusals(404, 409) },
      },
    },
    async (request, reply) => {
      const ctx = request.resident();
      const { conversationId } = request.params;
      const findSeers = () => listSeers(ctx, { conversationId });
      if (request.server.hasDecorator('hub'))
        await request.server.hub.typing({ conversationId, residentId: ctx.actor.residentId }, findSeers);
      else await findSeers();
      return reply.code(204).send(null);
    },
  );
};
