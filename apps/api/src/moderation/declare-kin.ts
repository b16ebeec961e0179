import { schema } from '@palier/db';
import { and, eq } from 'drizzle-orm';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { SignedInContext } from '../context.ts';
import { orAbsent } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { ResidentId } from './block-resident.ts';
import { type Desk, deskOf, isOnDesk } from './desk-scope.ts';

const { kin, residences, residents } = schema;

/** Declares that a resident of one's desk is family: their cases go to somebody else from now on. It is not taken back; twice is once. Code: `resource.absent`. */
export const declareKin = async (ctx: SignedInContext, desk: Desk, input: { residentId: string }): Promise<void> =>
  mutate(ctx, async (tx) => {
    const [found] = await tx
      .select({ residenceId: residences.id, commune: residences.commune })
      .from(residents)
      .innerJoin(residences, eq(residences.id, residents.residenceId))
      .where(and(eq(residents.id, input.residentId), isOnDesk(desk)));
    const place = orAbsent(found);
    await tx
      .insert(kin)
      .values({ accountId: desk.accountId, residentId: input.residentId, createdAt: ctx.now })
      .onConflictDoNothing();
    const entry = { at: ctx.now, actorId: desk.accountId, actorRole: desk.as, action: 'kin.declare' } as const;
    await record(tx, { ...entry, subject: 'resident', subjectId: input.residentId, ...place });
  });

export const declareKinRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/moderation/kin/:residentId',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'kin.declare',
        tags: ['moderation'],
        params: ResidentId,
        response: { 204: z.null(), ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) => {
      const declare = async (ctx: SignedInContext) => {
        await declareKin(ctx, deskOf(ctx), request.params);
        return null;
      };
      return createOnce(request, reply, request.account(), z.null(), declare, { status: 204 });
    },
  );
};
