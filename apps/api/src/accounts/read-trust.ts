import { MyTrust, trustedAfter, vouching } from '@palier/domain/accounts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ResidentContext } from '../context.ts';
import { orAbsent } from '../errors.ts';
import { refusals } from '../plugins/refusals.ts';
import { countPeopleHelped, findStanding, listVouchers } from './trust.queries.ts';

const dayMs = 86_400_000;

/** Where I stand among my neighbours, and how far the next step is. */
export const readTrust = async (ctx: ResidentContext): Promise<MyTrust> => {
  const { residentId, residenceId } = ctx.actor;
  const mine = orAbsent(await findStanding(ctx.db, residentId));
  const since = mine.trustSince ?? mine.joinedAt;
  return {
    residentId,
    trust: mine.trust,
    from: mine.trustFrom,
    since: since.toISOString(),
    vouches: (await listVouchers(ctx.db, residentId, residenceId)).length,
    vouchesNeeded: vouching.neighboursNeeded,
    peopleHelped: await countPeopleHelped(ctx.db, residentId),
    peopleNeeded: trustedAfter.people,
    daysKnown: mine.trust === 'new' ? 0 : Math.max(0, Math.floor((ctx.now.getTime() - since.getTime()) / dayMs)),
    daysNeeded: trustedAfter.days,
  };
};

export const readTrustRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/me/trust',
    { schema: { operationId: 'trust.read', tags: ['accounts'], response: { 200: MyTrust, ...refusals() } } },
    (request) => readTrust(request.resident()),
  );
};
