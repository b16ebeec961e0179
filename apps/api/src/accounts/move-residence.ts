import { Me, MoveResidence, movesAllowed, trustOfInvitation } from '@palier/domain/accounts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import { closeArrival, openArrival } from '../moderation/index.ts';
import { mutate } from '../mutate.ts';
import { writeNotices } from '../notifications/index.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import type { Hashing } from './hashing.ts';
import { claimInvitation, listStairs } from './invitations.queries.ts';
import { claimHome, countMoves, insertMove, isBusy, listReferentAccounts } from './moves.queries.ts';
import { readMe } from './read-me.ts';
import { resolveInvitation } from './resolve-invitation.ts';
import { vouchAtEntering } from './settle-in.ts';
import { lockStandings } from './trust.queries.ts';

/**
 * Moves a resident to the residence that a code opens, twice in 30 days at most; the trust is the one this code gives there, and the referents of both are told.
 * Codes: `role.required`, `invitation.absent`, `residence.same`, `stair.foreign`, `residence.busy` (a post or favour is under way), `rate.moves`.
 */
export const moveResidence = async (
  ctx: SignedInContext & { hashing: Hashing },
  input: MoveResidence,
): Promise<z.infer<typeof Me>> => {
  const { resident, accountId } = ctx.actor;
  if (!resident) throw new AppError('role.required');
  const { residentId, residenceId: fromId } = resident;
  const { id: invitationId, residence, kind, invitedBy } = await resolveInvitation(ctx, input.code);
  if (residence.id === fromId) throw new AppError('residence.same');
  if (input.stairId && !(await listStairs(ctx.db, residence.id)).some(({ id }) => id === input.stairId))
    throw new AppError('stair.foreign');
  await mutate(ctx, async (tx) => {
    await lockStandings(tx, [residentId]);
    const moves = await countMoves(tx, residentId, new Date(ctx.now.getTime() - movesAllowed.windowMs));
    if (ctx.env.hasRateLimits && moves >= movesAllowed.max) throw new AppError('rate.moves');
    if (await isBusy(tx, residentId)) throw new AppError('residence.busy');
    if (!(await claimInvitation(tx, invitationId, ctx.now))) throw new AppError('invitation.absent');
    const home = { residenceId: residence.id, stairId: input.stairId ?? null, floor: input.floor ?? null };
    const standing = { trust: trustOfInvitation[kind], trustFrom: 'invitation', trustSince: ctx.now } as const;
    const arrived = { enteredBy: kind, invitedBy, joinedAt: ctx.now };
    if (!(await claimHome(tx, residentId, fromId, { ...home, ...standing, ...arrived })))
      throw new AppError('residence.same');
    await insertMove(tx, { id: newId(), residentId, fromId, toId: residence.id, movedAt: ctx.now });
    if (invitedBy) await vouchAtEntering(tx, ctx, residentId, residence.id, invitedBy);
    const left = await closeArrival(tx, residentId, ctx.now);
    const newcomer = { id: residentId, residenceId: residence.id, commune: residence.commune };
    const arrival = standing.trust === 'new' ? await openArrival(tx, newcomer, ctx.now) : [];
    const told = (await listReferentAccounts(tx, [fromId, residence.id])).map((referent) => ({
      accountId: referent,
      kind: 'account' as const,
      turn: 'moved',
    }));
    await record(
      tx,
      {
        at: ctx.now,
        actorId: accountId,
        actorRole: 'resident',
        action: 'residence.move',
        subject: 'resident',
        subjectId: residentId,
        residenceId: residence.id,
        commune: residence.commune,
      },
      [
        { kind: 'rights', change: 'residence', sideA: accountId },
        ...left,
        ...arrival,
        ...(await writeNotices(tx, ctx.now, told)),
      ],
    );
  });
  const roles = ctx.actor.roles.map((role) =>
    role.role === 'resident' ? { ...role, residenceId: residence.id } : role,
  );
  return readMe({ ...ctx, actor: { ...ctx.actor, roles } });
};

export const moveResidenceRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/me/residence',
    {
      schema: {
        operationId: 'residence.move',
        tags: ['accounts'],
        body: MoveResidence,
        response: { 200: Me, ...refusals(404, 409, 422) },
      },
    },
    (request) => moveResidence({ ...request.account(), hashing: app.hashing }, request.body),
  );
};
