import { canWrite, type MessageView, messagingLimits } from '@palier/domain/messaging';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { createOnce } from '../answer-once.ts';
import type { ResidentContext } from '../context.ts';
import { AppError, insist } from '../errors.ts';
import { newId } from '../ids.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { ConversationId } from './list-messages.ts';
import { insertPhoto } from './messages.queries.ts';
import { keepPhotoFile, makePhoto, removePhotoFile } from './photo-file.ts';
import { Sent } from './send-message.ts';
import { findStanding } from './standing.ts';
import { writeMessage } from './write-message.ts';

/**
 * Sends a photo to the other side, made anew without metadata.
 * Codes: `resource.absent`, `conversation.closed`, `rate.messages`, `photo.animated`, `photo.huge`, `photo.unreadable`.
 */
export const sendPhoto = async (
  ctx: ResidentContext,
  { conversationId, bytes }: { conversationId: string; bytes: Buffer },
): Promise<MessageView> => {
  insist(canWrite(await findStanding(ctx, conversationId), ctx.now));
  const { width, height, bytes: made } = await makePhoto(bytes);
  const photo = { id: newId(), width, height };
  const { dataDir } = ctx.env;
  await keepPhotoFile(dataDir, photo.id, made);
  const row = { ...photo, conversationId, authorId: ctx.actor.residentId, bytes: made.length, createdAt: ctx.now };
  try {
    const { view } = await mutate(ctx, (tx) =>
      writeMessage(tx, ctx, conversationId, { photo, before: () => insertPhoto(tx, row) }),
    );
    return view;
  } catch (error) {
    await removePhotoFile(dataDir, photo.id);
    throw error;
  }
};

export const sendPhotoRoute: FastifyPluginAsyncZod = async (app) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    ['image/jpeg', 'image/png', 'image/webp'],
    { parseAs: 'buffer', bodyLimit: messagingLimits.photoInBytesMax },
    (_request, payload, done) => done(null, payload),
  );
  app.post(
    '/conversations/:conversationId/photos',
    {
      config: { isCreating: true, mayActFor: true },
      bodyLimit: messagingLimits.photoInBytesMax,
      schema: {
        operationId: 'photos.send',
        tags: ['messaging'],
        params: ConversationId,
        consumes: ['image/jpeg', 'image/png', 'image/webp'],
        response: { 201: Sent, ...refusals(404, 409, 413, 415, 422) },
      },
    },
    async (request, reply) => {
      const bytes = request.body;
      if (!Buffer.isBuffer(bytes)) throw new AppError('photo.unreadable');
      return createOnce(request, reply, request.resident(), Sent, async (ctx) => ({
        message: await sendPhoto(ctx, { ...request.params, bytes }),
      }));
    },
  );
};
