import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { orAbsent } from '../errors.ts';
import { writeNotices } from '../notifications/index.ts';
import { refusals } from '../plugins/refusals.ts';
import { actedBy, record } from '../record.ts';
import { watchEntry, watching } from './looking.ts';
import { claimNaming } from './readers.queries.ts';
import { coordinatorsTold, findTerritoryOf } from './told.queries.ts';

export const NamingId = z.strictObject({ namingId: z.uuid() });

/** Refuses a reader who was named to read the caller, before they may read or later; they read nothing from now on, and the coordinators hear that somebody is missing. Code: `resource.absent`. */
export const refuseReader = async (ctx: ResidentContext, input: { namingId: string }): Promise<void> => {
  const { residentId, residenceId } = ctx.actor;
  await watching(ctx, { residentId }, async (tx) => {
    const { personId, accountId } = orAbsent(await claimNaming(tx, input.namingId, { refusedAt: ctx.now }));
    const told = await coordinatorsTold(tx, await findTerritoryOf(tx, residenceId), 'seat');
    const notices = [...told, { accountId, kind: 'watch', turn: 'reader-ended' } as const];
    const entry = watchEntry(actedBy(ctx), 'watch.refuse', personId);
    await record(tx, entry, await writeNotices(tx, ctx.now, notices));
  });
};

export const refuseReaderRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/watch/readers/:namingId/refuse',
    {
      schema: {
        operationId: 'watch.refuse',
        tags: ['watch'],
        params: NamingId,
        response: { 204: z.null(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await refuseReader(request.resident(), request.params);
      return reply.code(204).send(null);
    },
  );
};
