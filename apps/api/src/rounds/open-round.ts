import { inTransaction, watchAs } from '@palier/db';
import { PageQuery, pageOf } from '@palier/domain/paging';
import { OpenRoundBody, paceOf, RoundView, WaitingIn } from '@palier/domain/watch';
import { graver, rankOf } from '@palier/domain/weather';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { SignedInContext } from '../context.ts';
import { cutPage } from '../cut-page.ts';
import { AppError, orAbsent } from '../errors.ts';
import { newId } from '../ids.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { careOf } from '../residences/index.ts';
import { findHead, seqHeader } from '../stream-head.ts';
import { territoryInCharge } from '../territories/index.ts';
import { readColours } from '../weather/index.ts';
import { listWaiting } from './board.queries.ts';
import { cancelUnbegun, hasten } from './keep-rounds.ts';
import { roundView } from './round-view.ts';
import {
  claimClosing,
  claimPace,
  findRound,
  insertRound,
  listOpenRounds,
  listRoundsOf,
  type Round,
} from './rounds.queries.ts';
import { territoriesCared } from './territories-cared.ts';
import { coverageMoved, pacedByHand } from './watch-event.ts';

const actOf = (
  ctx: SignedInContext,
  round: Pick<Round, 'id' | 'hazard' | 'department'>,
  action: string,
  colour: string,
) =>
  ({
    at: ctx.now,
    actorId: ctx.actor.accountId,
    actorRole: 'coordinator',
    action,
    subject: 'round',
    subjectId: round.id,
    reason: `${round.hazard}:${round.department}:${colour}`,
  }) as const;

/**
 * Opens a round over a territory's watch in a department, or asks more of the one that is open: it then goes at this colour at least, until a coordinator closes it.
 * Codes: `role.required`, `resource.absent` (not their territory).
 */
export const openRound = async (ctx: SignedInContext, input: OpenRoundBody): Promise<RoundView> => {
  const territory = await territoryInCharge(ctx, input.territoryId);
  const { department, hazard, colour: floor } = input;
  return mutate(ctx, async (tx) => {
    const { now, actor } = ctx;
    await watchAs(tx, 'house', now);
    const known = (await readColours(tx, now))(territory.id, department, hazard);
    const colour = paceOf({ colour: floor, floor }, known);
    const at = { territoryId: territory.id, department, hazard };
    const fresh = { ...at, id: newId(), colour, floor, since: now, openedAt: now, openedBy: actor.accountId };
    if (await insertRound(tx, fresh)) {
      await record(tx, actOf(ctx, fresh, 'round.open', colour), [pacedByHand(fresh.id)]);
      return roundView(
        { ...fresh, closedAt: null, closedBy: null, wasCalm: false, madeAt: null },
        territory.name,
        true,
      );
    }
    const open = (await listOpenRounds(tx)).find(
      (one) => one.territoryId === territory.id && one.department === department && one.hazard === hazard,
    );
    if (!open) throw new AppError('round.exists');
    const faster = graver(open.colour, colour);
    const set = {
      colour: faster,
      floor: graver(open.floor ?? undefined, floor),
      ...(faster !== open.colour && { since: now }),
    };
    if (!(await claimPace(tx, open, set))) throw new AppError('round.exists');
    if (rankOf(faster) > rankOf(open.colour)) await hasten(tx, open.id, faster, now);
    await record(tx, actOf(ctx, open, 'round.pace', faster), [pacedByHand(open.id)]);
    return roundView({ ...open, ...set }, territory.name, true);
  });
};

/** Closes a round: no more checks are made; those that somebody began, and alarms, go on until somebody is reached. Codes: `role.required`, `resource.absent`. */
export const closeRound = async (ctx: SignedInContext, { roundId }: { roundId: string }): Promise<void> => {
  const { round } = orAbsent(await findRound(ctx.tx ?? ctx.db, roundId));
  await territoryInCharge(ctx, round.territoryId);
  await mutate(ctx, async (tx) => {
    await watchAs(tx, 'house', ctx.now);
    const by = { closedAt: ctx.now, closedBy: ctx.actor.accountId, wasCalm: false };
    if (!(await claimClosing(tx, roundId, by))) return;
    await cancelUnbegun(tx, roundId, ctx.now);
    await record(tx, actOf(ctx, round, 'round.close', round.colour), [coverageMoved(roundId)]);
  });
};

type Rounds = { rounds: RoundView[]; waiting: WaitingIn[] };

/** The rounds over the places that the caller looks after, and in which residences a check waits: nothing of whom. */
export const readRounds = async (ctx: SignedInContext): Promise<Rounds> =>
  inTransaction(ctx.db, async (tx) => {
    await watchAs(tx, 'house', ctx.now);
    const care = careOf(ctx);
    const residenceIds = care.residenceIds.filter((id) => id !== null);
    const led = care.territoryIds.filter((id) => id !== null);
    const rounds = await listRoundsOf(tx, await territoriesCared(tx, { residenceIds, territoryIds: led }));
    return {
      rounds: rounds.map(({ round, territory }) => roundView(round, territory, led.includes(round.territoryId))),
      waiting: await listWaiting(tx, { residenceIds, territoryIds: led }, ctx.now),
    };
  });

export const readRoundsRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/watch/rounds',
    {
      schema: {
        operationId: 'watch.rounds',
        tags: ['watch'],
        querystring: PageQuery,
        response: { 200: pageOf(RoundView).extend({ waiting: z.array(WaitingIn) }), ...refusals() },
      },
    },
    async (request, reply) => {
      const ctx = request.account();
      reply.header(seqHeader, String(await findHead(ctx.db)));
      const { rounds, waiting } = await readRounds(ctx);
      return { ...cutPage(ctx.keys, `rounds ${ctx.actor.accountId}`, rounds, request.query, ({ id }) => id), waiting };
    },
  );
};

const Opened = z.strictObject({ round: RoundView });

export const openRoundRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/watch/rounds',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'watch.openRound',
        tags: ['watch'],
        body: OpenRoundBody,
        response: { 201: Opened, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.account(), Opened, async (ctx) => ({
        round: await openRound(ctx, request.body),
      })),
  );
  app.post(
    '/watch/rounds/:roundId/close',
    {
      schema: {
        operationId: 'watch.closeRound',
        tags: ['watch'],
        params: z.strictObject({ roundId: z.uuid() }),
        response: { 204: z.null(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await closeRound(request.account(), request.params);
      return reply.code(204).send(null);
    },
  );
};
