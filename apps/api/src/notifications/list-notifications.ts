import { ListNotifications, NotificationView } from '@palier/domain/notifications';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { openCursor, sealCursor } from '../cursor.ts';
import { refusals } from '../plugins/refusals.ts';
import { viewerOf } from '../posts/index.ts';
import { findHead, seqHeader } from '../stream-head.ts';
import { countUnread, listNotices, type NoticePosition } from './list.queries.ts';
import { listSubjects, viewOfNotice } from './notice-subjects.ts';

type Page = { items: NotificationView[]; next: string | null; unread: number };

const scopeOf = ({ actor }: SignedInContext): string => `notifications ${actor.accountId}`;

const positionOf = (ctx: SignedInContext, cursor: string | undefined): NoticePosition | null => {
  if (cursor === undefined) return null;
  const [at, id] = openCursor(ctx.keys, scopeOf(ctx), cursor);
  return { at: Number(at), id: String(id) };
};

/** What I was told, the newest first, in words as things are now; with how many wait to be read, and the head of the stream before they were. Code: `cursor.invalid`. */
export const listNotifications = async (
  ctx: SignedInContext,
  { cursor, limit }: ListNotifications,
): Promise<Page & { head: number }> => {
  const after = positionOf(ctx, cursor);
  const head = await findHead(ctx.db);
  const rows = await listNotices(ctx.db, ctx.actor.accountId, after, limit + 1);
  const shown = rows.slice(0, limit);
  const subjects = await listSubjects(ctx.db, ctx.actor.resident && viewerOf(ctx.actor.resident), shown);
  const items = shown.map((row) => viewOfNotice(row, subjects, ctx.locale));
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const next = last ? sealCursor(ctx.keys, scopeOf(ctx), [last.createdAt.getTime(), last.id]) : null;
  return { items, next, unread: await countUnread(ctx.db, ctx.actor.accountId), head };
};

const Notifications = z.strictObject({
  items: z.array(NotificationView),
  next: z.string().nullable(),
  unread: z.int(),
});

export const listNotificationsRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/notifications',
    {
      schema: {
        operationId: 'notifications.list',
        tags: ['notifications'],
        querystring: ListNotifications,
        response: { 200: Notifications, ...refusals() },
      },
    },
    async (request, reply) => {
      const { head, ...page } = await listNotifications(request.account(), request.query);
      reply.header(seqHeader, String(head));
      return page;
    },
  );
};
