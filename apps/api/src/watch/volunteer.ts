import { canVolunteer, MyWatch } from '@palier/domain/watch';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { ResidentContext, SignedInContext } from '../context.ts';
import { AppError, insist, orAbsent } from '../errors.ts';
import { newId } from '../ids.ts';
import { writeNotices } from '../notifications/index.ts';
import { refusals } from '../plugins/refusals.ts';
import { actedBy, record } from '../record.ts';
import { byCoordinator, watchEntry, watching } from './looking.ts';
import { coordinatorsTold, findTerritoryOf } from './told.queries.ts';
import {
  claimVolunteer,
  claimVolunteerEnd,
  findAccountOf,
  findOwnVolunteer,
  insertVolunteer,
} from './volunteers.queries.ts';

const Volunteer = MyWatch.shape.volunteer.unwrap();
const VolunteerId = z.strictObject({ volunteerId: z.uuid() });

/** Offers to make checks near home; nothing comes of it until a coordinator accepts. Codes: `trust.required`, `watch.named` (offered already). */
export const offerToWatch = async (ctx: ResidentContext): Promise<z.infer<typeof Volunteer>> => {
  const { residentId, residenceId, trust } = ctx.actor;
  insist(canVolunteer(trust));
  return watching(ctx, { residentId }, async (tx) => {
    const territoryId = await findTerritoryOf(tx, residenceId);
    const id = newId();
    if (!(await insertVolunteer(tx, { id, residentId, territoryId, offeredAt: ctx.now })))
      throw new AppError('watch.named');
    const told = await coordinatorsTold(tx, territoryId, 'volunteer');
    await record(tx, watchEntry(actedBy(ctx), 'watch.offer', id), await writeNotices(tx, ctx.now, told));
    return orAbsent(await findOwnVolunteer(tx, residentId));
  });
};

/** Stops making checks, or takes the offer back. Code: `resource.absent`. */
export const stopWatching = async (ctx: ResidentContext): Promise<void> => {
  const { residentId } = ctx.actor;
  await watching(ctx, { residentId }, async (tx) => {
    const { id } = orAbsent(await claimVolunteerEnd(tx, { residentId }, ctx.now));
    await record(tx, watchEntry(actedBy(ctx), 'watch.stop', id));
  });
};

/** Accepts somebody of the coordinator's territories who offered to make checks; they hear of it. Code: `resource.absent`. */
export const acceptVolunteer = async (ctx: SignedInContext, input: { volunteerId: string }): Promise<void> => {
  const { accountId } = ctx.actor;
  await watching(ctx, { accountId }, async (tx) => {
    const { residentId } = orAbsent(await claimVolunteer(tx, input.volunteerId, accountId, ctx.now));
    const theirs = await findAccountOf(tx, residentId);
    const told = theirs ? [{ accountId: theirs, kind: 'watch', turn: 'accepted' } as const] : [];
    const entry = watchEntry(byCoordinator(ctx), 'watch.accept', input.volunteerId);
    await record(tx, entry, await writeNotices(tx, ctx.now, told));
  });
};

/** Ends what a volunteer of the coordinator's territories may do, or declines their offer; they hear of it. Code: `resource.absent`. */
export const endVolunteer = async (ctx: SignedInContext, input: { volunteerId: string }): Promise<void> => {
  await watching(ctx, { accountId: ctx.actor.accountId }, async (tx) => {
    const { id, residentId } = orAbsent(await claimVolunteerEnd(tx, { id: input.volunteerId }, ctx.now));
    const theirs = await findAccountOf(tx, residentId);
    const told = theirs ? [{ accountId: theirs, kind: 'watch', turn: 'volunteer-ended' } as const] : [];
    await record(tx, watchEntry(byCoordinator(ctx), 'watch.release', id), await writeNotices(tx, ctx.now, told));
  });
};

const Offered = z.strictObject({ volunteer: Volunteer });

export const offerToWatchRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/watch/volunteers',
    {
      config: { isCreating: true },
      schema: { operationId: 'watch.offer', tags: ['watch'], response: { 201: Offered, ...refusals(409, 422) } },
    },
    async (request, reply) =>
      createOnce(request, reply, request.resident(), Offered, async (ctx) => ({ volunteer: await offerToWatch(ctx) })),
  );
};

const gone = { 204: z.null(), ...refusals(404) };

export const stopWatchingRoute: FastifyPluginAsyncZod = async (app) => {
  app.delete(
    '/watch/me/volunteer',
    { schema: { operationId: 'watch.stop', tags: ['watch'], response: gone } },
    async (request, reply) => {
      await stopWatching(request.resident());
      return reply.code(204).send(null);
    },
  );
};

export const acceptVolunteerRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/watch/volunteers/:volunteerId/accept',
    { schema: { operationId: 'watch.accept', tags: ['watch'], params: VolunteerId, response: gone } },
    async (request, reply) => {
      await acceptVolunteer(request.account(), request.params);
      return reply.code(204).send(null);
    },
  );
};

export const endVolunteerRoute: FastifyPluginAsyncZod = async (app) => {
  app.delete(
    '/watch/volunteers/:volunteerId',
    { schema: { operationId: 'watch.decline', tags: ['watch'], params: VolunteerId, response: gone } },
    async (request, reply) => {
      await endVolunteer(request.account(), request.params);
      return reply.code(204).send(null);
    },
  );
};
