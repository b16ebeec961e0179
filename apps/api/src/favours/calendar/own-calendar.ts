import { randomBytes } from 'node:crypto';
import { CalendarAddress, CalendarFeed } from '@palier/domain/favours';
import type { AuditAction } from '@palier/domain/moderation';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../../answer-once.ts';
import type { ResidentContext } from '../../context.ts';
import { mutate, reader } from '../../mutate.ts';
import { refusals } from '../../plugins/refusals.ts';
import { record } from '../../record.ts';
import { deleteFeed, findFeed, keepFeed } from './calendar.queries.ts';
import { hashFeedToken } from './read-calendar.ts';

const logOf = (ctx: ResidentContext, action: AuditAction) =>
  ({
    at: ctx.now,
    actorId: ctx.actor.accountId,
    actorRole: 'resident',
    action,
    subject: 'resident',
    subjectId: ctx.actor.residentId,
  }) as const;

/** Makes the secret address of my calendar, in place of any before it; it is told this once, and kept as a hash. */
export const makeCalendar = async (ctx: ResidentContext): Promise<z.infer<typeof CalendarAddress>> => {
  const token = randomBytes(32).toString('base64url');
  await mutate(ctx, async (tx) => {
    await keepFeed(tx, ctx.actor.residentId, hashFeedToken(token), ctx.now);
    await record(tx, logOf(ctx, 'calendar.make'));
  });
  return { url: `${ctx.env.origin.origin}/api/calendar/${token}.ics` };
};

/** Takes the address of my calendar back: it opens nothing any more. */
export const revokeCalendar = (ctx: ResidentContext): Promise<void> =>
  mutate(ctx, async (tx) => {
    await deleteFeed(tx, ctx.actor.residentId);
    await record(tx, logOf(ctx, 'calendar.revoke'));
  });

export const ownCalendarRoute: FastifyPluginAsyncZod = async (app) => {
  const tags = ['favours'];
  app.get(
    '/me/calendar',
    { schema: { operationId: 'calendar.own', tags, response: { 200: CalendarFeed, ...refusals() } } },
    async (request) => {
      const ctx = request.resident();
      const feed = await findFeed(reader(ctx), ctx.actor.residentId);
      return { feed: feed && { createdAt: feed.createdAt.toISOString() } };
    },
  );
  app.post(
    '/me/calendar',
    {
      config: { isCreating: true, showsSecret: true },
      schema: { operationId: 'calendar.make', tags, response: { 201: CalendarAddress, ...refusals(409, 422) } },
    },
    async (request, reply) => createOnce(request, reply, request.resident(), CalendarAddress, makeCalendar),
  );
  app.delete(
    '/me/calendar',
    { schema: { operationId: 'calendar.revoke', tags, response: { 204: z.null(), ...refusals() } } },
    async (request, reply) => {
      await revokeCalendar(request.resident());
      return reply.code(204).send(null);
    },
  );
};
