import { OfflineResident, WelcomeOffline } from '@palier/domain/offline';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { SignedInContext } from '../context.ts';
import { AppError, orAbsent } from '../errors.ts';
import { newId } from '../ids.ts';
import { mutate, reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { actIn, ResidenceId, residenceInCare } from '../residences/index.ts';
import { findOfflineResident, insertOfflineResident, isStairOf, offlineView } from './offline.queries.ts';

/**
 * Writes a neighbour without internet down, with their consent and how it was given; the referent who knows them vouches, so that they are `known`.
 * Codes: `resource.absent`, `stair.foreign`.
 */
export const welcomeOffline = async (
  ctx: SignedInContext,
  input: WelcomeOffline & { residenceId: string },
): Promise<OfflineResident> => {
  const home = await residenceInCare(ctx, input.residenceId);
  const { stairId, floor, displayName, consent } = input;
  if (stairId && !(await isStairOf(reader(ctx), stairId, home.id))) throw new AppError('stair.foreign');
  const id = newId();
  return mutate(ctx, async (tx) => {
    const place = { residenceId: home.id, stairId: stairId ?? null, floor: floor ?? null };
    const given = { consent, givenAt: ctx.now, recordedBy: ctx.actor.accountId };
    await insertOfflineResident(tx, { id, displayName, ...place }, given);
    await record(tx, {
      ...actIn(ctx, home),
      action: 'resident.welcome-offline',
      subject: 'resident',
      subjectId: id,
      reason: consent,
      onBehalfOf: id,
    });
    return offlineView(orAbsent(await findOfflineResident(tx, id)));
  });
};

const Welcomed = z.strictObject({ resident: OfflineResident });

export const welcomeOfflineRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/residences/:residenceId/offline-residents',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'offline.welcome',
        tags: ['offline'],
        params: ResidenceId,
        body: WelcomeOffline,
        response: { 201: Welcomed, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.account(), Welcomed, async (ctx) => ({
        resident: await welcomeOffline(ctx, { ...request.body, ...request.params }),
      })),
  );
};
