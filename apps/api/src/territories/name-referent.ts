import { ReferentLine } from '@palier/domain/residences';
import { NameReferent } from '@palier/domain/territories';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { SignedInContext } from '../context.ts';
import { AppError, orAbsent } from '../errors.ts';
import { newId } from '../ids.ts';
import { mutate, reader } from '../mutate.ts';
import { writeNotices } from '../notifications/index.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { ResidenceId, residenceInCare } from '../residences/index.ts';
import { insistOnCoordinator, territoryInCharge } from './in-charge.ts';
import { claimRetirement, findAccountByEmail, findGrant, insertReferent } from './territories.queries.ts';

/** The residence, if the caller coordinates its territory: its referents do not name one another. */
const residenceLed = async (ctx: SignedInContext, residenceId: string) => {
  insistOnCoordinator(ctx);
  const residence = await residenceInCare(ctx, residenceId);
  await territoryInCharge(ctx, residence.territoryId);
  return residence;
};

type Turn = { action: 'role.grant' | 'role.revoke'; turn: 'role' | 'role-ended' };

const told = async (
  ctx: SignedInContext,
  tx: Parameters<typeof record>[0],
  residence: { id: string; commune: string },
  accountId: string,
  { action, turn }: Turn,
): Promise<void> =>
  record(
    tx,
    {
      at: ctx.now,
      actorId: ctx.actor.accountId,
      actorRole: 'coordinator',
      action,
      subject: 'account',
      subjectId: accountId,
      reason: 'referent',
      residenceId: residence.id,
      commune: residence.commune,
    },
    [
      { kind: 'rights', change: 'roles', sideA: accountId },
      ...(await writeNotices(tx, ctx.now, [{ accountId, kind: 'account', turn }])),
    ],
  );

/** Names a referent by the address of their account; they are told. Codes: `role.required`, `resource.absent`, `email.unknown`, `role.exists`. */
export const nameReferent = async (
  ctx: SignedInContext,
  input: z.infer<typeof NameReferent> & { residenceId: string },
): Promise<z.infer<typeof ReferentLine>> => {
  const residence = await residenceLed(ctx, input.residenceId);
  const account = await findAccountByEmail(reader(ctx), input.email);
  if (!account) throw new AppError('email.unknown');
  const grantId = newId();
  await mutate(ctx, async (tx) => {
    const row = { id: grantId, accountId: account.id, role: 'referent', residenceId: residence.id } as const;
    if (!(await insertReferent(tx, { ...row, grantedAt: ctx.now }))) throw new AppError('role.exists');
    await told(ctx, tx, residence, account.id, { action: 'role.grant', turn: 'role' });
  });
  return { grantId, displayName: account.displayName, since: ctx.now.toISOString() };
};

/** Ends a referent's role; their open sockets close, and they are told. Codes: `role.required`, `resource.absent`. */
export const retireReferent = async (ctx: SignedInContext, input: { grantId: string }): Promise<void> => {
  insistOnCoordinator(ctx);
  const grant = orAbsent(await findGrant(ctx.db, input.grantId));
  const residence = await residenceLed(ctx, orAbsent(grant.residenceId));
  await mutate(ctx, async (tx) => {
    if (!(await claimRetirement(tx, grant.id, ctx.now))) throw new AppError('resource.absent');
    await told(ctx, tx, residence, grant.accountId, { action: 'role.revoke', turn: 'role-ended' });
  });
};

const Named = z.strictObject({ referent: ReferentLine });

export const nameReferentRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/residences/:residenceId/referents',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'referents.name',
        tags: ['territories'],
        params: ResidenceId,
        body: NameReferent,
        response: { 201: Named, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.account(), Named, async (ctx) => ({
        referent: await nameReferent(ctx, { ...request.params, ...request.body }),
      })),
  );
};

export const retireReferentRoute: FastifyPluginAsyncZod = async (app) => {
  app.delete(
    '/referents/:grantId',
    {
      schema: {
        operationId: 'referents.retire',
        tags: ['territories'],
        params: z.strictObject({ grantId: z.uuid() }),
        response: { 204: z.null(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await retireReferent(request.account(), request.params);
      return reply.code(204).send(null);
    },
  );
};
