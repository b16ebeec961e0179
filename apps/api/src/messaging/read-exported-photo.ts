import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Context, Deps } from '../context.ts';
import { orAbsent } from '../errors.ts';
import { openMailLink, sealMailLink } from '../notifications/index.ts';
import { refusals } from '../plugins/refusals.ts';
import { findPhoto } from './messages.queries.ts';
import { readPhotoFile } from './photo-file.ts';

/** How long an address of a photo in an export is good, in ms: one hour. */
const lifeMs = 3_600_000;

const Link = z.strictObject({ link: z.string().max(200) });

/** The address of one's own photo for an export: signed, for one hour, opened without signing in. */
export const photoAddress = ({ env, keys }: Pick<Deps, 'env' | 'keys'>, photoId: string, now: Date): string => {
  const link = sealMailLink(keys.mail, 'photo', photoId, new Date(now.getTime() + lifeMs));
  return `${env.origin.origin}/api/photos/exported/${link}`;
};

/** A photo by the signed address that its author's export holds. Code: `resource.absent` (not ours, too late, or gone). */
const readExportedPhoto = async (ctx: Context<unknown>, { link }: z.infer<typeof Link>): Promise<Buffer> => {
  const photoId = orAbsent(openMailLink(ctx.keys.mail, 'photo', link, ctx.now));
  orAbsent(await findPhoto(ctx.db, photoId));
  return orAbsent(await readPhotoFile(ctx.env.dataDir, photoId));
};

export const readExportedPhotoRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/photos/exported/:link',
    {
      schema: {
        operationId: 'photos.exported',
        tags: ['messaging'],
        params: Link,
        produces: ['image/webp'],
        response: { 200: z.unknown(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      const bytes = await readExportedPhoto(request.visitor(), request.params);
      reply.header('x-content-type-options', 'nosniff').header('content-disposition', 'inline; filename="photo.webp"');
      return reply.type('image/webp').send(bytes);
    },
  );
};
