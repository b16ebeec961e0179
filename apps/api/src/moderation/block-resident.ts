import type { Transaction } from '@palier/db';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { ResidentContext } from '../context.ts';
import { AppError, orAbsent } from '../errors.ts';
import { leavePlace, lockPostOfFavour } from '../favours/index.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { type OutboxEvent, record } from '../record.ts';
import { insertBlock, listFavoursBetween, lockPostsBetween, lockResidents } from './blocks.queries.ts';

export const ResidentId = z.strictObject({ residentId: z.uuid() });

/** Releases what the two had promised each other. */
const releaseBetween = async (tx: Transaction, one: string, another: string, now: Date): Promise<OutboxEvent[]> => {
  const events: OutboxEvent[] = [];
  for (const favour of await listFavoursBetween(tx, one, another)) {
    const post = orAbsent(await lockPostOfFavour(tx, favour.postId));
    const change = favour.helperId === one ? 'released:helper' : 'released:beneficiary';
    events.push(...(await leavePlace(tx, favour, post, { state: 'released', reason: null, change }, now)));
  }
  return events;
};

/**
 * Hides two residents from each other, whoever asked for it, and releases what they had promised each other. Blocking twice is blocking once.
 * Code: `resource.absent` (nobody of that id, or oneself).
 */
export const blockResident = async (ctx: ResidentContext, input: { residentId: string }): Promise<void> => {
  const { residentId: me, accountId, residenceId, commune } = ctx.actor;
  const them = input.residentId;
  if (them === me) throw new AppError('resource.absent');
  await mutate(ctx, async (tx) => {
    await lockPostsBetween(tx, me, them);
    if ((await lockResidents(tx, me, them)) < 2) throw new AppError('resource.absent');
    if (!(await insertBlock(tx, me, them, ctx.now))) return;
    const released = await releaseBetween(tx, me, them, ctx.now);
    await record(
      tx,
      {
        at: ctx.now,
        actorId: accountId,
        actorRole: 'resident',
        action: 'block.set',
        subject: 'resident',
        subjectId: them,
        residenceId,
        commune,
      },
      [{ kind: 'block', change: 'set', sideA: me, sideB: them }, ...released],
    );
  });
};

export const blockResidentRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/blocks/:residentId',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'blocks.set',
        tags: ['moderation'],
        params: ResidentId,
        response: { 204: z.null(), ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) => {
      const ctx = request.resident();
      const whenDone = async () => {
        if (request.server.hasDecorator('hub'))
          await request.server.hub.cut([ctx.actor.residentId, request.params.residentId]);
      };
      const block = async (once: ResidentContext) => {
        await blockResident(once, request.params);
        return null;
      };
      return createOnce(request, reply, ctx, z.null(), block, { status: 204, whenDone });
    },
  );
};
