import type { Database, Transaction } from '@palier/db';
import { canInvite, InvitationLine, invitationState, MadeInvitation } from '@palier/domain/accounts';
import { PageQuery, pageOf } from '@palier/domain/paging';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { ResidentContext } from '../context.ts';
import { cutPage } from '../cut-page.ts';
import { insist, orAbsent } from '../errors.ts';
import { mutate, reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import type { Hashing } from './hashing.ts';
import { countOfInviter, insertInvitation, listOfInviter } from './invitations.queries.ts';
import { prepareInvitation } from './prepare-invitation.ts';
import { findStanding, lockStandings } from './trust.queries.ts';

const dayMs = 86_400_000;

/** The rows of codes as whoever made them may read them. */
export const linesOf = (rows: Awaited<ReturnType<typeof listOfInviter>>, now: Date): InvitationLine[] =>
  rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    begins: row.lookup,
    state: invitationState(row, now),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }));

/**
 * Makes a code for one neighbour of one's residence, shown this once.
 * Codes: `trust.required`, `invitation.early`, `rate.invitations` (ten in 24 h, counted in the database, whatever process answers).
 */
export const inviteNeighbour = async (ctx: ResidentContext & { hashing: Hashing }): Promise<MadeInvitation> => {
  const { accountId, residentId, residenceId, commune } = ctx.actor;
  const check = async (db: Database | Transaction, made: number) => {
    const mine = orAbsent(await findStanding(db, residentId));
    insist(canInvite(mine, made, ctx.env.hasRateLimits, ctx.now));
  };
  await check(reader(ctx), 0); // nothing is hashed for whoever may not invite at all
  const wanted = { residenceId, kind: 'neighbour', createdBy: accountId, invitedBy: residentId } as const;
  const { row, made } = await prepareInvitation(ctx, wanted);
  await mutate(ctx, async (tx) => {
    await lockStandings(tx, [residentId]);
    await check(tx, await countOfInviter(tx, residentId, new Date(ctx.now.getTime() - dayMs)));
    await insertInvitation(tx, row);
    await record(tx, {
      at: ctx.now,
      actorId: accountId,
      actorRole: 'resident',
      action: 'invitation.create',
      subject: 'invitation',
      subjectId: row.id,
      reason: row.kind,
      residenceId,
      commune,
    });
  });
  return made;
};

const Made = z.strictObject({ invitation: MadeInvitation });

export const inviteNeighbourRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/me/invitations',
    {
      config: { isCreating: true, showsSecret: true },
      schema: { operationId: 'invitations.make', tags: ['accounts'], response: { 201: Made, ...refusals(409, 422) } },
    },
    async (request, reply) =>
      createOnce(request, reply, { ...request.resident(), hashing: app.hashing }, Made, async (ctx) => ({
        invitation: await inviteNeighbour(ctx),
      })),
  );
};

export const listMyInvitationsRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/me/invitations',
    {
      schema: {
        operationId: 'invitations.mine',
        tags: ['accounts'],
        querystring: PageQuery,
        response: { 200: pageOf(InvitationLine), ...refusals() },
      },
    },
    async (request) => {
      const { actor, db, keys, now } = request.resident();
      const all = linesOf(await listOfInviter(db, actor.residentId), now);
      return cutPage(keys, `codes of ${actor.residentId}`, all, request.query, ({ id }) => id);
    },
  );
};
