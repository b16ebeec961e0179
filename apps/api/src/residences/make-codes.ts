import { CreateInvitations, InvitationLine, MadeInvitation } from '@palier/domain/accounts';
import { PageQuery, pageOf } from '@palier/domain/paging';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  claimEnd,
  findInvitation,
  type Hashing,
  insertInvitation,
  linesOf,
  listOfResidence,
  prepareInvitation,
} from '../accounts/index.ts';
import { createOnce } from '../answer-once.ts';
import type { SignedInContext } from '../context.ts';
import { cutPage } from '../cut-page.ts';
import { AppError, orAbsent } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { actIn, ResidenceId, residenceInCare } from './in-care.ts';

const Made = z.strictObject({ invitations: z.array(MadeInvitation) });

/** Makes codes that open a residence, shown this once: a poster for many, slips and letters for one each. Code: `resource.absent`. */
export const makeCodes = async (
  ctx: SignedInContext & { hashing: Hashing },
  input: CreateInvitations & { residenceId: string },
): Promise<MadeInvitation[]> => {
  const residence = await residenceInCare(ctx, input.residenceId);
  const prepared: Awaited<ReturnType<typeof prepareInvitation>>[] = [];
  for (let n = 0; n < input.count; n++)
    prepared.push(
      await prepareInvitation(ctx, { residenceId: residence.id, kind: input.kind, createdBy: ctx.actor.accountId }),
    );
  await mutate(ctx, async (tx) => {
    for (const { row } of prepared) await insertInvitation(tx, row);
    const first = prepared[0]?.row.id ?? '';
    const act = { action: 'invitation.create', subject: 'invitation', subjectId: first };
    await record(tx, { ...actIn(ctx, residence), ...act, reason: `${input.kind} ${input.count}` });
  });
  return prepared.map(({ made }) => made);
};

/** Ends a code at once; whoever entered by it stays. Code: `resource.absent`, also for a neighbour's invitation and for what was ended before. */
export const endCode = async (ctx: SignedInContext, input: { codeId: string }): Promise<void> => {
  const found = orAbsent(await findInvitation(ctx.db, input.codeId));
  const residence = await residenceInCare(ctx, found.residenceId);
  await mutate(ctx, async (tx) => {
    if (found.kind === 'neighbour' || !(await claimEnd(tx, found.id, ctx.now))) throw new AppError('resource.absent');
    const act = { action: 'invitation.revoke', subject: 'invitation', subjectId: found.id, reason: found.kind };
    await record(tx, { ...actIn(ctx, residence), ...act });
  });
};

export const makeCodesRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/residences/:residenceId/invitations',
    {
      config: { isCreating: true, showsSecret: true },
      schema: {
        operationId: 'invitations.create',
        tags: ['residences'],
        params: ResidenceId,
        body: CreateInvitations,
        response: { 201: Made, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) => {
      const ctx = { ...request.account(), hashing: app.hashing };
      return createOnce(request, reply, ctx, Made, async (once) => ({
        invitations: await makeCodes(once, { ...request.params, ...request.body }),
      }));
    },
  );
};

export const listCodesRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/residences/:residenceId/invitations',
    {
      schema: {
        operationId: 'invitations.list',
        tags: ['residences'],
        params: ResidenceId,
        querystring: PageQuery,
        response: { 200: pageOf(InvitationLine), ...refusals(404) },
      },
    },
    async (request) => {
      const ctx = request.account();
      const residence = await residenceInCare(ctx, request.params.residenceId);
      const all = linesOf(await listOfResidence(ctx.db, residence.id), ctx.now);
      return cutPage(ctx.keys, `codes ${residence.id}`, all, request.query, ({ id }) => id);
    },
  );
};

export const endCodeRoute: FastifyPluginAsyncZod = async (app) => {
  app.delete(
    '/codes/:codeId',
    {
      schema: {
        operationId: 'invitations.end',
        tags: ['residences'],
        params: z.strictObject({ codeId: z.uuid() }),
        response: { 204: z.null(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await endCode(request.account(), request.params);
      return reply.code(204).send(null);
    },
  );
};
