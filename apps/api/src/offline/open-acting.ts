import { ActingSession, OpenActing } from '@palier/domain/offline';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { SignedInContext } from '../context.ts';
import { orAbsent } from '../errors.ts';
import { newId } from '../ids.ts';
import { mutate, reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { actIn, residenceInCare } from '../residences/index.ts';
import { claimEarlier, insertActing, readActingRow } from './acting.queries.ts';
import { findOfflineResident } from './offline.queries.ts';

export const ResidentId = z.strictObject({ residentId: z.uuid() });

/**
 * Opens half an hour in which a referent acts for a neighbour without internet of a residence they look after, who just agreed; whatever session they had open ends.
 * Code: `resource.absent` (no such neighbour, or one with an account, or of a residence that is not theirs).
 */
export const openActing = async (
  ctx: SignedInContext,
  input: z.infer<typeof OpenActing> & { residentId: string },
): Promise<ActingSession> => {
  const { residentId, consent } = input;
  const neighbour = orAbsent(await findOfflineResident(reader(ctx), residentId));
  const home = await residenceInCare(ctx, neighbour.residenceId);
  const id = newId();
  const { accountId } = ctx.actor;
  return mutate(ctx, async (tx) => {
    await claimEarlier(tx, accountId);
    await insertActing(tx, { id, accountId, residentId, consent });
    await record(tx, {
      ...actIn(ctx, home),
      action: 'acting.open',
      subject: 'acting',
      subjectId: id,
      reason: consent,
      onBehalfOf: residentId,
    });
    return orAbsent(await readActingRow(tx, id, accountId));
  });
};

const Opened = z.strictObject({ session: ActingSession });

export const openActingRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/offline-residents/:residentId/acting-sessions',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'acting.open',
        tags: ['offline'],
        params: ResidentId,
        body: OpenActing,
        response: { 201: Opened, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.account(), Opened, async (ctx) => ({
        session: await openActing(ctx, { ...request.body, ...request.params }),
      })),
  );
};
