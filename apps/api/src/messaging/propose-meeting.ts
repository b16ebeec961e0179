import type { Transaction } from '@palier/db';
import { canWrite, MeetingView, ProposeMeeting } from '@palier/domain/messaging';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { ResidentContext } from '../context.ts';
import { AppError, insist, orAbsent } from '../errors.ts';
import { newId } from '../ids.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { keepConversation } from './conversation.queries.ts';
import { ConversationId } from './list-messages.ts';
import { readMeeting } from './meeting-view.ts';
import { claimMeetingEnd, putMeeting } from './meetings.queries.ts';
import { lockWriter } from './messages.queries.ts';
import { findStanding, type Standing } from './standing.ts';
import { talkEntry, talkEvent } from './write-message.ts';

const aheadMaxMs = 92 * 86_400_000;

/** The conversation, locked for its writer and open to be written in. */
export const openTalk = async (tx: Transaction, ctx: ResidentContext, conversationId: string): Promise<Standing> => {
  await lockWriter(tx, ctx.actor.residentId);
  const talk = await findStanding(ctx, conversationId, tx);
  insist(canWrite(talk, ctx.now));
  return talk;
};

/**
 * Proposes when to meet, in the place of whatever was proposed or agreed before. Codes: `resource.absent`, `conversation.closed`, `meeting.past` (it has been, or is over three months away).
 */
export const proposeMeeting = async (
  ctx: ResidentContext,
  { conversationId, at: wanted, place = '' }: ProposeMeeting & { conversationId: string },
): Promise<MeetingView> => {
  const at = new Date(wanted);
  if (at <= ctx.now || at.getTime() > ctx.now.getTime() + aheadMaxMs) throw new AppError('meeting.past');
  const { residentId } = ctx.actor;
  return mutate(ctx, async (tx) => {
    const talk = await openTalk(tx, ctx, conversationId);
    await keepConversation(tx, talk, ctx.now);
    const id = newId();
    await putMeeting(tx, { conversationId, id, at, place, proposedBy: residentId, proposedAt: ctx.now });
    await record(tx, { ...talkEntry(ctx, talk, 'meeting.propose'), ...(place && { text: place }) }, [
      talkEvent(talk, 'meeting', residentId),
    ]);
    return orAbsent(await readMeeting(tx, conversationId, residentId));
  });
};

/** Takes back what was proposed or agreed; with nothing there, nothing changes. Codes: `resource.absent`, `conversation.closed`. */
export const cancelMeeting = async (
  ctx: ResidentContext,
  { conversationId }: { conversationId: string },
): Promise<void> => {
  await mutate(ctx, async (tx) => {
    const talk = await openTalk(tx, ctx, conversationId);
    if (!(await claimMeetingEnd(tx, conversationId))) return;
    await record(tx, talkEntry(ctx, talk, 'meeting.cancel'), [talkEvent(talk, 'meeting', ctx.actor.residentId)]);
  });
};

export const Met = z.strictObject({ meeting: MeetingView });

export const proposeMeetingRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/conversations/:conversationId/meeting',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'meetings.propose',
        tags: ['messaging'],
        params: ConversationId,
        body: ProposeMeeting,
        response: { 201: Met, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.resident(), Met, async (ctx) => ({
        meeting: await proposeMeeting(ctx, { ...request.body, ...request.params }),
      })),
  );
};

export const cancelMeetingRoute: FastifyPluginAsyncZod = async (app) => {
  app.delete(
    '/conversations/:conversationId/meeting',
    {
      schema: {
        operationId: 'meetings.cancel',
        tags: ['messaging'],
        params: ConversationId,
        response: { 204: z.null(), ...refusals(404, 409) },
      },
    },
    async (request, reply) => {
      await cancelMeeting(request.resident(), request.params);
      return reply.code(204).send(null);
    },
  );
};
