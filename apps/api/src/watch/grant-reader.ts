import { canEndOn, endOfDay, GrantLine, GrantReader } from '@palier/domain/watch';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { SignedInContext } from '../context.ts';
import { AppError, insist, orAbsent } from '../errors.ts';
import { newId } from '../ids.ts';
import { reader } from '../mutate.ts';
import { writeNotices } from '../notifications/index.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { findAccountByEmail, TerritoryId, territoryInCharge } from '../territories/index.ts';
import { byCoordinator, watchEntry, watching } from './looking.ts';
import { claimGrantEnd, findGrant, insertGrant } from './readers.queries.ts';

/**
 * Lets somebody be named a reader in a territory until the end of a day, by the address of their account: it opens nobody's entry by itself. They are told.
 * Codes: `role.required`, `resource.absent`, `email.unknown`, `watch.end`, `watch.named`.
 */
export const grantReader = async (
  ctx: SignedInContext,
  input: GrantReader & { territoryId: string },
): Promise<GrantLine> => {
  const { id: territoryId } = await territoryInCharge(ctx, input.territoryId);
  const endsAt = endOfDay(input.endsOn);
  insist(canEndOn(endsAt, ctx.now));
  const account = await findAccountByEmail(reader(ctx), input.email);
  if (!account) throw new AppError('email.unknown');
  const id = newId();
  const [accountId, namedBy] = [account.id, ctx.actor.accountId];
  await watching(ctx, 'house', async (tx) => {
    if (!(await insertGrant(tx, { id, accountId, territoryId, namedBy, namedAt: ctx.now, endsAt })))
      throw new AppError('watch.named');
    const entry = { ...watchEntry(byCoordinator(ctx), 'watch.grant', accountId), subject: 'account' };
    await record(tx, entry, [
      { kind: 'rights', change: 'roles', sideA: accountId },
      ...(await writeNotices(tx, ctx.now, [{ accountId, kind: 'watch', turn: 'reader-role' }])),
    ]);
  });
  return { id, displayName: account.displayName, endsAt: endsAt.toISOString() };
};

/** Ends a reader's role in a territory: they read nobody there from now on. They are told. Codes: `role.required`, `resource.absent`. */
export const endReaderRole = async (ctx: SignedInContext, input: { grantId: string }): Promise<void> => {
  const grant = orAbsent(await findGrant(reader(ctx), input.grantId));
  await territoryInCharge(ctx, grant.territoryId);
  const { accountId } = grant;
  await watching(ctx, 'house', async (tx) => {
    if (!(await claimGrantEnd(tx, grant, ctx.now))) throw new AppError('resource.absent');
    const entry = { ...watchEntry(byCoordinator(ctx), 'watch.grant-end', accountId), subject: 'account' };
    await record(tx, entry, [
      { kind: 'rights', change: 'roles', sideA: accountId },
      ...(await writeNotices(tx, ctx.now, [{ accountId, kind: 'watch', turn: 'reader-ended' }])),
    ]);
  });
};

const Granted = z.strictObject({ grant: GrantLine });

export const grantReaderRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/territories/:territoryId/watch/readers',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'watch.grant',
        tags: ['watch'],
        params: TerritoryId,
        body: GrantReader,
        response: { 201: Granted, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.account(), Granted, async (ctx) => ({
        grant: await grantReader(ctx, { ...request.params, ...request.body }),
      })),
  );
};

export const endReaderRoleRoute: FastifyPluginAsyncZod = async (app) => {
  app.delete(
    '/watch/grants/:grantId',
    {
      schema: {
        operationId: 'watch.endGrant',
        tags: ['watch'],
        params: z.strictObject({ grantId: z.uuid() }),
        response: { 204: z.null(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await endReaderRole(request.account(), request.params);
      return reply.code(204).send(null);
    },
  );
};
