import { CreateResident, ResidentView, trustOfInvitation } from '@palier/domain/accounts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { AppError, orAbsent } from '../errors.ts';
import { newId } from '../ids.ts';
import { readInstance } from '../instance/index.ts';
import { openArrival } from '../moderation/index.ts';
import { mutate } from '../mutate.ts';
import { record } from '../record.ts';
import { findCredentials, findMe, insertAccount, insertResident } from './accounts.queries.ts';
import { countAttempt, findAttempts } from './attempts.queries.ts';
import { isCommonPassword } from './common-passwords.ts';
import type { Hashing } from './hashing.ts';
import { claimInvitation, listStairs } from './invitations.queries.ts';
import { resolveInvitation } from './resolve-invitation.ts';
import type { Sessions } from './sessions.ts';
import { signAtEntering, vouchAtEntering } from './settle-in.ts';

const hourMs = 3_600_000;
/** How often one code may be asked whether an address is taken, an hour: behind a valid code the answer is honest, so it is counted. */
const takenPerCode = 5;

type EnterContext = Context<unknown> & { hashing: Hashing; sessions: Sessions };

/**
 * Enters a residence with its code: makes the account and the resident, with the trust that this way in gives, and opens a session.
 * Codes: `registration.closed`, `invitation.absent`, `rate.limited`, `password.common`, `stair.foreign`, `email.taken`.
 */
export const enterResidence = async (
  ctx: EnterContext,
  input: CreateResident,
): Promise<{ resident: ResidentView; rawId: string }> => {
  if (ctx.env.isProduction && readInstance(ctx.env).missing.length > 0) throw new AppError('registration.closed');
  const invitation = await resolveInvitation(ctx, input.code);
  const { residence } = invitation;
  if (isCommonPassword(input.password)) throw new AppError('password.common');
  if (input.stairId && !(await listStairs(ctx.db, residence.id)).some((stair) => stair.id === input.stairId))
    throw new AppError('stair.foreign');
  const takenKey = `taken:${invitation.id}`;
  if ((await findAttempts(ctx.db, takenKey, hourMs, ctx.now)) >= takenPerCode)
    throw new AppError('rate.limited', { retryAfterS: 3600 });
  const refuseTaken = async (): Promise<never> => {
    await countAttempt(ctx.db, takenKey, hourMs, ctx.now);
    throw new AppError('email.taken');
  };
  if (await findCredentials(ctx.db, input.email)) return refuseTaken();
  const passwordHash = await ctx.hashing.hash(input.password);
  const accountId = newId();
  const residentId = newId();
  const { displayName, email } = input;
  const entered = await mutate(ctx, async (tx) => {
    if (!(await claimInvitation(tx, invitation.id, ctx.now))) throw new AppError('invitation.absent');
    if (
      !(await insertAccount(tx, {
        id: accountId,
        email,
        passwordHash,
        displayName,
        locale: input.locale ?? ctx.locale,
        createdAt: ctx.now,
      }))
    )
      return false;
    const trust = trustOfInvitation[invitation.kind];
    await insertResident(tx, {
      id: residentId,
      accountId,
      residenceId: residence.id,
      stairId: input.stairId ?? null,
      floor: input.floor ?? null,
      displayName,
      trust,
      enteredBy: invitation.kind,
      invitedBy: invitation.invitedBy,
      joinedAt: ctx.now,
      lastSeenAt: ctx.now,
    });
    const newcomer = { id: residentId, residenceId: residence.id, commune: residence.commune };
    const arrival = trust === 'new' ? await openArrival(tx, newcomer, ctx.now) : [];
    await record(
      tx,
      {
        at: ctx.now,
        actorId: accountId,
        actorRole: 'resident',
        action: 'residence.enter',
        subject: 'resident',
        subjectId: residentId,
        residenceId: residence.id,
        commune: residence.commune,
      },
      [{ kind: 'audit', change: 'mail.confirm', sideA: accountId }, ...arrival],
    );
    await signAtEntering(tx, ctx, { id: residentId, residenceId: residence.id }, input.charterVersion);
    if (invitation.invitedBy) await vouchAtEntering(tx, ctx, residentId, residence.id, invitation.invitedBy);
    return true;
  });
  if (!entered) return refuseTaken();
  const rawId = await ctx.sessions.create(accountId, ctx.now);
  const { resident, residence: home, stair } = orAbsent(await findMe(ctx.db, accountId));
  const row = orAbsent(resident);
  return {
    rawId,
    resident: { ...row, joinedAt: row.joinedAt.toISOString(), residence, stair, cell: orAbsent(home).cell },
  };
};

export const enterResidenceRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/residents',
    {
      schema: {
        operationId: 'residents.enter',
        tags: ['accounts'],
        body: CreateResident,
        response: { 201: z.strictObject({ resident: ResidentView }) },
      },
    },
    async (request, reply) => {
      const { resident, rawId } = await enterResidence(
        { ...request.visitor(), hashing: app.hashing, sessions: app.sessions },
        request.body,
      );
      return reply.header('set-cookie', app.sessions.cookie(rawId)).code(201).send({ resident });
    },
  );
};
