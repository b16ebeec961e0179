import { calendarOf } from '@palier/domain/favours';
import { AgreeMeeting, type MeetingView, reminderAt } from '@palier/domain/messaging';
import { timeZoneOfCommune } from '@palier/domain/places';
import { m } from '@palier/messages';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { AppError, orAbsent } from '../errors.ts';
import { mutate, reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { ConversationId } from './list-messages.ts';
import { readMeeting } from './meeting-view.ts';
import { claimAgreement, findMeeting } from './meetings.queries.ts';
import { Met, openTalk } from './propose-meeting.ts';
import { findStanding } from './standing.ts';
import { talkEntry, talkEvent } from './write-message.ts';

const lastsMs = 3_600_000;

/** Agrees to the other side's proposal, as it was read; both are reminded of it. Codes: `resource.absent`, `conversation.closed`, `meeting.changed` (another stands, or it is my own), `meeting.past`. */
export const agreeMeeting = async (
  ctx: ResidentContext,
  { conversationId, meetingId }: z.infer<typeof AgreeMeeting> & { conversationId: string },
): Promise<MeetingView> => {
  const { residentId } = ctx.actor;
  return mutate(ctx, async (tx) => {
    const talk = await openTalk(tx, ctx, conversationId);
    const seen = await findMeeting(tx, conversationId);
    if (seen?.id !== meetingId) throw new AppError('meeting.changed');
    if (seen.at <= ctx.now) throw new AppError('meeting.past');
    const remindAt = reminderAt(seen.at, ctx.now, timeZoneOfCommune(talk.post.commune));
    if (!(await claimAgreement(tx, conversationId, meetingId, { by: residentId, now: ctx.now, remindAt })))
      throw new AppError('meeting.changed');
    await record(tx, talkEntry(ctx, talk, 'meeting.agree'), [talkEvent(talk, 'meeting', residentId)]);
    return orAbsent(await readMeeting(tx, conversationId, residentId));
  });
};

/** The meeting that both agreed on, as a calendar's file: what and with whom, and the place they wrote; never a door. Code: `resource.absent`. */
export const meetingCalendar = async (
  ctx: ResidentContext,
  { conversationId }: { conversationId: string },
): Promise<string> => {
  const talk = await findStanding(ctx, conversationId);
  const meeting = orAbsent(await findMeeting(reader(ctx), conversationId));
  if (!meeting.agreedAt) throw new AppError('resource.absent');
  const { locale } = ctx;
  const names = talk.others.map(({ displayName }) => displayName).join(', ');
  const event = {
    uid: `${conversationId}@${ctx.env.origin.hostname}`,
    from: meeting.at,
    to: new Date(meeting.at.getTime() + lastsMs),
    updatedAt: meeting.agreedAt,
    summary: m.messaging_ics_title({ title: talk.post.title, names }, { locale }),
    place: meeting.place,
    url: `${ctx.env.origin.origin}/messages/${conversationId}`,
  };
  return calendarOf(event.summary, [event]);
};

export const agreeMeetingRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/conversations/:conversationId/meeting/agree',
    {
      schema: {
        operationId: 'meetings.agree',
        tags: ['messaging'],
        params: ConversationId,
        body: AgreeMeeting,
        response: { 200: Met, ...refusals(404, 409, 422) },
      },
    },
    async (request) => ({ meeting: await agreeMeeting(request.resident(), { ...request.body, ...request.params }) }),
  );
};

export const meetingCalendarRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/conversations/:conversationId/meeting.ics',
    {
      schema: {
        operationId: 'meetings.calendar',
        tags: ['messaging'],
        params: ConversationId,
        produces: ['text/calendar'],
        response: { 200: z.string(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      const text = await meetingCalendar(request.resident(), request.params);
      reply.header('content-disposition', 'attachment; filename="palier.ics"');
      return reply.type('text/calendar; charset=utf-8').serializer(String).send(text);
    },
  );
};
