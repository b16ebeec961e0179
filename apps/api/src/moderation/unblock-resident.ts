import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { ResidentId } from './block-resident.ts';
import { claimBlockLift } from './blocks.queries.ts';

/** Lifts my own block, if there is one; the other's, if any, stands. */
export const unblockResident = async (ctx: ResidentContext, input: { residentId: string }): Promise<void> => {
  const { residentId: me, accountId, residenceId, commune } = ctx.actor;
  await mutate(ctx, async (tx) => {
    if (!(await claimBlockLift(tx, me, input.residentId))) return;
    await record(
      tx,
      {
        at: ctx.now,
        actorId: accountId,
        actorRole: 'resident',
        action: 'block.lift',
        subject: 'resident',
        subjectId: input.residentId,
        residenceId,
        commune,
      },
      [{ kind: 'block', change: 'lifted', sideA: me, sideB: input.residentId }],
    );
  });
};

export const unblockResidentRoute: FastifyPluginAsyncZod = async (app) => {
  app.delete(
    '/blocks/:residentId',
    {
      schema: {
        operationId: 'blocks.lift',
        tags: ['moderation'],
        params: ResidentId,
        response: { 204: z.null(), ...refusals() },
      },
    },
    async (request, reply) => {
      await unblockResident(request.resident(), request.params);
      return reply.code(204).send(null);
    },
  );
};
