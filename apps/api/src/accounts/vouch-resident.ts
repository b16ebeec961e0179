import { canVouch, VouchView, vouching } from '@palier/domain/accounts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { ResidentContext } from '../context.ts';
import { AppError, insist, orAbsent } from '../errors.ts';
import { newId } from '../ids.ts';
import { mutate, reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { countWords } from './count-words.ts';
import {
  areBlocked,
  countVouchesBy,
  insertVouch,
  listStandings,
  listVouchers,
  lockStandings,
} from './trust.queries.ts';

const ResidentId = z.strictObject({ residentId: z.uuid() });

/** A neighbour of one's own residence, by the link they showed; 404 for anyone else, and behind a block. */
const findNeighbour = async (ctx: ResidentContext, residentId: string) => {
  const { residenceId, residentId: me } = ctx.actor;
  const found = await listStandings(reader(ctx), residenceId, [me, residentId]);
  if (await areBlocked(reader(ctx), me, residentId)) throw new AppError('resource.absent');
  return {
    mine: orAbsent(found.find(({ id }) => id === me)),
    theirs: orAbsent(found.find(({ id }) => id === residentId)),
  };
};

/** Who asks for my word, and whether I gave it. Code: `resource.absent`. */
export const readVouch = async (ctx: ResidentContext, input: { residentId: string }): Promise<VouchView> => {
  const { theirs } = await findNeighbour(ctx, input.residentId);
  const vouchers = await listVouchers(reader(ctx), theirs.id, theirs.residenceId);
  return {
    resident: { id: theirs.id, displayName: theirs.displayName, trust: theirs.trust },
    mine: vouchers.some(({ id }) => id === ctx.actor.residentId),
  };
};

/**
 * Gives one's word for a neighbour of one's residence; the second word that counts makes them `known`.
 * Codes: `resource.absent`, `vouch.own`, `trust.required`, `vouch.needless`, `vouch.exists`, `rate.vouches`.
 */
export const vouchResident = async (ctx: ResidentContext, input: { residentId: string }): Promise<VouchView> => {
  const { accountId, residenceId, residentId: me, commune } = ctx.actor;
  return mutate(ctx, async (tx) => {
    await lockStandings(tx, [me, input.residentId]);
    const { mine, theirs } = await findNeighbour({ ...ctx, tx }, input.residentId);
    const recent = await countVouchesBy(tx, me, new Date(ctx.now.getTime() - vouching.monthMs));
    insist(canVouch(mine, theirs, recent, ctx.now));
    if (
      !(await insertVouch(tx, { id: newId(), residentId: theirs.id, voucherId: me, residenceId, createdAt: ctx.now }))
    )
      throw new AppError('vouch.exists');
    const act = { actorId: accountId, actorRole: 'resident', action: 'resident.vouch' } as const;
    const isKnown = await countWords(tx, ctx, theirs, act);
    if (!isKnown)
      await record(tx, { at: ctx.now, ...act, subject: 'resident', subjectId: theirs.id, residenceId, commune });
    const trust = isKnown ? 'known' : theirs.trust;
    return { resident: { id: theirs.id, displayName: theirs.displayName, trust }, mine: true };
  });
};

export const readVouchRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/residents/:residentId/vouches',
    {
      schema: {
        operationId: 'vouches.read',
        tags: ['accounts'],
        params: ResidentId,
        response: { 200: VouchView, ...refusals(404) },
      },
    },
    (request) => readVouch(request.resident(), request.params),
  );
};

export const vouchResidentRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/residents/:residentId/vouches',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'vouches.give',
        tags: ['accounts'],
        params: ResidentId,
        response: { 200: VouchView, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.resident(), VouchView, (ctx) => vouchResident(ctx, request.params), {
        status: 200,
      }),
  );
};
