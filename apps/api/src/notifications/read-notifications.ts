import { ReadNotifications } from '@palier/domain/notifications';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { claimRead, countUnread } from './list.queries.ts';

/** Marks notifications of mine as read, those named, those about a post, or all; ids that are not mine, or already read, change nothing. Answers how many are left unread. */
export const readNotifications = (ctx: SignedInContext, input: ReadNotifications): Promise<number> =>
  mutate(ctx, async (tx) => {
    const { accountId, resident } = ctx.actor;
    await claimRead(tx, accountId, 'all' in input ? null : input, ctx.now);
    const actorRole = resident ? 'resident' : 'visitor';
    const entry = {
      at: ctx.now,
      actorId: accountId,
      actorRole,
      action: 'notification.read',
      subject: 'account',
    } as const;
    await record(tx, { ...entry, subjectId: accountId });
    return countUnread(tx, accountId);
  });

export const readNotificationsRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/notifications/read',
    {
      schema: {
        operationId: 'notifications.read',
        tags: ['notifications'],
        body: ReadNotifications,
        response: { 200: z.strictObject({ unread: z.int() }), ...refusals() },
      },
    },
    async (request) => ({ unread: await readNotifications(request.account(), request.body) }),
  );
};
