import { HallScreenView } from '@palier/domain/offline';
import { timeZoneOfCommune } from '@palier/domain/places';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { orAbsent } from '../errors.ts';
import { reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { listHallPosts } from './board.queries.ts';
import { findScreen, seeScreen } from './hall.queries.ts';

const HallToken = z.strictObject({ token: z.string().min(1).max(100) });

/** What a lobby's screen shows now: no name, no place, no id. Code: `resource.absent` (unknown, or taken away). */
export const readHall = async (ctx: Context<unknown>, input: { token: string }): Promise<HallScreenView> => {
  const db = reader(ctx);
  const screen = orAbsent(await findScreen(db, input.token));
  await seeScreen(db, screen.id, ctx.now);
  const posts = await listHallPosts(db, screen.residenceId, ctx.now);
  return {
    now: ctx.now.toISOString(),
    timeZone: timeZoneOfCommune(screen.commune),
    posts: posts.map(({ postId: _, ...shown }) => shown),
  };
};

export const readHallRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/hall/:token',
    {
      schema: {
        operationId: 'hall.read',
        tags: ['offline'],
        params: HallToken,
        response: { 200: HallScreenView, ...refusals(404) },
      },
    },
    async (request, reply) => {
      reply.header('x-robots-tag', 'noindex');
      return readHall(request.visitor(), request.params);
    },
  );
};
