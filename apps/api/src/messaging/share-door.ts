import { OwnDoor, ShareDoor } from '@palier/domain/messaging';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { ResidentContext } from '../context.ts';
import { AppError, orAbsent } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { keepConversation } from './conversation.queries.ts';
import { claimDoorBack, shareDoorFor } from './doors.queries.ts';
import { listDoors, openToDoor } from './doors.ts';
import { ConversationId } from './list-messages.ts';
import { lockWriter } from './messages.queries.ts';
import { findStanding } from './standing.ts';
import { talkEntry, talkEvent } from './write-message.ts';

/**
 * Shows my own door to the other side of an accepted favour, or changes what I gave. A door taken back is given again only by a new gesture: a key shows what was answered, and shares nothing.
 * Codes: `resource.absent`, `door.closed` (no favour under way), `door.newcomer` (the other side has just arrived).
 */
export const shareDoor = async (
  ctx: ResidentContext,
  { conversationId, floor = '', door = '', note = '' }: ShareDoor & { conversationId: string },
): Promise<OwnDoor> => {
  const { residentId } = ctx.actor;
  return mutate(ctx, async (tx) => {
    await lockWriter(tx, residentId);
    const talk = await findStanding(ctx, conversationId, tx);
    if (!talk.mine.some(({ state }) => state === 'accepted')) throw new AppError('door.closed');
    const favourIds = openToDoor(talk, residentId).map(({ id }) => id);
    if (favourIds.length === 0) throw new AppError('door.newcomer');
    await keepConversation(tx, talk, ctx.now);
    await shareDoorFor(tx, residentId, favourIds, { floor, door, note }, ctx.now);
    await record(tx, talkEntry(ctx, talk, 'door.share'), [talkEvent(talk, 'door', residentId)]);
    const { myDoor } = await listDoors(tx, ctx, talk);
    return orAbsent(myDoor);
  });
};

/** Takes my own door back from whoever I gave it to; from nobody, nothing changes. Code: `resource.absent`. */
export const takeDoorBack = async (
  ctx: ResidentContext,
  { conversationId }: { conversationId: string },
): Promise<void> => {
  const { residentId } = ctx.actor;
  await mutate(ctx, async (tx) => {
    const talk = await findStanding(ctx, conversationId, tx);
    const isTaken = await claimDoorBack(
      tx,
      residentId,
      talk.mine.map(({ id }) => id),
    );
    if (isTaken) await record(tx, talkEntry(ctx, talk, 'door.take-back'), [talkEvent(talk, 'door', residentId)]);
  });
};

const Shared = z.strictObject({ door: OwnDoor });

export const shareDoorRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/conversations/:conversationId/door',
    {
      config: { isCreating: true, showsSecret: true },
      schema: {
        operationId: 'doors.share',
        tags: ['messaging'],
        params: ConversationId,
        body: ShareDoor,
        response: { 200: Shared, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) => {
      const share = async (ctx: ResidentContext) => ({
        door: await shareDoor(ctx, { ...request.body, ...request.params }),
      });
      return createOnce(request, reply, request.resident(), Shared, share, { status: 200 });
    },
  );
};

export const takeDoorBackRoute: FastifyPluginAsyncZod = async (app) => {
  app.delete(
    '/conversations/:conversationId/door',
    {
      schema: {
        operationId: 'doors.takeBack',
        tags: ['messaging'],
        params: ConversationId,
        response: { 204: z.null(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await takeDoorBack(request.resident(), request.params);
      return reply.code(204).send(null);
    },
  );
};
