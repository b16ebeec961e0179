import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { newId } from '../ids.ts';
import { writeNotices } from '../notifications/index.ts';
import { refusals } from '../plugins/refusals.ts';
import { actedBy, record } from '../record.ts';
import { watchEntry, watching } from './looking.ts';
import { claimEntry, listReaderAccounts } from './people.queries.ts';

/**
 * Takes the caller off the watch, in one gesture: gone from every view at once, and purged within a day. A referent does it for a neighbour on the telephone;
 * the answer and the log are the same when they were not on it, so that nobody learns from it who is.
 */
export const withdrawWatch = async (ctx: ResidentContext): Promise<void> =>
  watching(ctx, 'house', async (tx) => {
    const id = await claimEntry(tx, ctx.actor.residentId, { withdrawnAt: ctx.now });
    const readers = id ? await listReaderAccounts(tx, id) : [];
    const told = readers.map((accountId) => ({ accountId, kind: 'watch', turn: 'withdrawn' }) as const);
    const entry = watchEntry(actedBy(ctx), 'watch.withdraw', id ?? newId());
    await record(tx, entry, await writeNotices(tx, ctx.now, told));
  });

export const withdrawWatchRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/watch/me/withdraw',
    {
      config: { mayActFor: true },
      schema: { operationId: 'watch.withdraw', tags: ['watch'], response: { 204: z.null(), ...refusals() } },
    },
    async (request, reply) => {
      await withdrawWatch(request.resident());
      return reply.code(204).send(null);
    },
  );
};
