import { MessageView, SendMessage } from '@palier/domain/messaging';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { ResidentContext } from '../context.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { ConversationId } from './list-messages.ts';
import { writeMessage } from './write-message.ts';

/** Writes words, or a quick answer, to the other side. Codes: `resource.absent`, `conversation.closed`, `rate.messages`. */
export const sendMessage = async (
  ctx: ResidentContext,
  { conversationId, ...written }: SendMessage & { conversationId: string },
): Promise<MessageView> => {
  const { view } = await mutate(ctx, (tx) => writeMessage(tx, ctx, conversationId, written));
  return view;
};

export const Sent = z.strictObject({ message: MessageView });

export const sendMessageRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/conversations/:conversationId/messages',
    {
      config: { isCreating: true, mayActFor: true },
      schema: {
        operationId: 'messages.send',
        tags: ['messaging'],
        params: ConversationId,
        body: SendMessage,
        response: { 201: Sent, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.resident(), Sent, async (ctx) => ({
        message: await sendMessage(ctx, { ...request.body, ...request.params }),
      })),
  );
};
