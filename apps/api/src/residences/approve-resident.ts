import type { Trust } from '@palier/domain/accounts';
import type { AuditAction } from '@palier/domain/moderation';
import { ApproveResident, type DoubtReason, DoubtResident } from '@palier/domain/residences';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findStanding, lockStandings, revokeVouches } from '../accounts/index.ts';
import { createOnce } from '../answer-once.ts';
import type { SignedInContext } from '../context.ts';
import { AppError, orAbsent } from '../errors.ts';
import { changeTrust } from '../moderation/index.ts';
import { mutate, reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { ResidenceId, residenceInCare } from './in-care.ts';

const Standing = z.strictObject({
  resident: z.strictObject({ id: z.uuid(), trust: z.enum(['new', 'known', 'trusted']) }),
});
type Stands = z.infer<typeof Standing>;

/** A resident whom the caller may speak for: of a residence they look after, and not themselves (`vouch.own`). */
const findInCare = async (ctx: SignedInContext, residentId: string) => {
  const resident = orAbsent(await findStanding(reader(ctx), residentId));
  const residence = await residenceInCare(ctx, resident.residenceId);
  if (resident.accountId === ctx.actor.accountId) throw new AppError('vouch.own');
  return { resident, residence };
};

const act = (ctx: SignedInContext, as: 'referent' | 'coordinator', action: AuditAction, reason?: string) => ({
  actorId: ctx.actor.accountId,
  actorRole: as,
  action,
  ...(reason !== undefined && { reason }),
});

/** The referent met a newcomer and says so: they are `known`. Codes: `resource.absent`, `vouch.own`, `vouch.needless` (known already). */
export const approveResident = async (
  ctx: SignedInContext,
  input: { residenceId: string; residentId: string },
): Promise<Stands> =>
  mutate(ctx, async (tx) => {
    await residenceInCare({ ...ctx, tx }, input.residenceId);
    await lockStandings(tx, [input.residentId]);
    const { resident, residence } = await findInCare({ ...ctx, tx }, input.residentId);
    if (resident.residenceId !== input.residenceId) throw new AppError('resource.absent');
    const change = { from: 'new', to: 'known', by: 'referent' } as const;
    if (!(await changeTrust(tx, ctx, resident, change, act(ctx, residence.as, 'resident.approve'))))
      throw new AppError('vouch.needless');
    return { resident: { id: resident.id, trust: change.to } };
  });

/** The referent takes back what made a resident known: they are `new` again, words given for them count no more. Codes: `resource.absent`, `vouch.own`. */
export const doubtResident = async (
  ctx: SignedInContext,
  input: { residentId: string; reason: DoubtReason },
): Promise<Stands> =>
  mutate(ctx, async (tx) => {
    await lockStandings(tx, [input.residentId]);
    const { resident, residence } = await findInCare({ ...ctx, tx }, input.residentId);
    const to: Trust = 'new';
    await revokeVouches(tx, resident.id, ctx.now);
    await changeTrust(
      tx,
      ctx,
      resident,
      { from: resident.trust, to, by: 'referent' },
      act(ctx, residence.as, 'resident.doubt', input.reason),
    );
    return { resident: { id: resident.id, trust: to } };
  });

export const approveResidentRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/residences/:residenceId/residents',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'residences.approve',
        tags: ['residences'],
        params: ResidenceId,
        body: ApproveResident,
        response: { 200: Standing, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) => {
      const approve = (ctx: SignedInContext) => approveResident(ctx, { ...request.params, ...request.body });
      return createOnce(request, reply, request.account(), Standing, approve, { status: 200 });
    },
  );
};

export const doubtResidentRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/residents/:residentId/doubt',
    {
      schema: {
        operationId: 'residents.doubt',
        tags: ['residences'],
        params: z.strictObject({ residentId: z.uuid() }),
        body: DoubtResident,
        response: { 200: Standing, ...refusals(404) },
      },
    },
    (request) => doubtResident(request.account(), { ...request.params, ...request.body }),
  );
};
