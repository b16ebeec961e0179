import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { AppError, orAbsent } from '../errors.ts';
import { refusals } from '../plugins/refusals.ts';
import { findPhoto } from './messages.queries.ts';
import { readPhotoFile } from './photo-file.ts';
import { findStanding } from './standing.ts';

const PhotoId = z.strictObject({ photoId: z.uuid() });

/** A photo of a conversation of mine, as it was made anew. Code: `resource.absent`. */
export const readPhoto = async (ctx: ResidentContext, { photoId }: z.infer<typeof PhotoId>): Promise<Buffer> => {
  const photo = orAbsent(await findPhoto(ctx.db, photoId));
  const { blocked, readsUntil } = await findStanding(ctx, photo.conversationId);
  if (blocked.has(photo.authorId) || (readsUntil && photo.createdAt > readsUntil))
    throw new AppError('resource.absent');
  return orAbsent(await readPhotoFile(ctx.env.dataDir, photoId));
};

export const readPhotoRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/photos/:photoId',
    {
      config: { mayActFor: true },
      schema: {
        operationId: 'photos.read',
        tags: ['messaging'],
        params: PhotoId,
        produces: ['image/webp'],
        response: { 200: z.unknown(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      const bytes = await readPhoto(request.resident(), request.params);
      reply.header('x-content-type-options', 'nosniff').header('content-disposition', 'inline; filename="photo.webp"');
      return reply.type('image/webp').send(bytes);
    },
  );
};
