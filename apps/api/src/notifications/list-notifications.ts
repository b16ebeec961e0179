import { ListNotifications, NotificationView } from '@palier/domain/notifications';
import { maySee, type StoredPost } from '@palier/domain/places';
import { reasonsInWords } from '@palier/messages/reasons';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { openCursor, sealCursor } from '../cursor.ts';
import { refusals } from '../plugins/refusals.ts';
import { findStoredPosts, listBlockedOf, viewerOf } from '../posts/index.ts';
import { findHead, seqHeader } from '../stream-head.ts';
import { countUnread, listAnsweredBy, listNotices, type NoticePosition, type NoticeRow } from './list.queries.ts';
import { noticeInWords } from './notice-in-words.ts';

type Page = { items: NotificationView[]; next: string | null; unread: number };

/** The posts that these notices speak of and that this resident may still see, with those they answered. */
const listSubjects = async (ctx: SignedInContext, rows: readonly NoticeRow[]) => {
  const { resident } = ctx.actor;
  const posts = new Map<string, StoredPost>();
  if (!resident) return { posts, answered: new Set<string>() };
  const ids = [...new Set(rows.map(({ postId }) => postId).filter((id) => id !== null))];
  const blocked = await listBlockedOf(ctx.db, resident.residentId);
  const viewer = viewerOf(resident);
  const answered = await listAnsweredBy(ctx.db, resident.residentId, ids);
  for (const post of await findStoredPosts(ctx.db, ids))
    if (!blocked.has(post.authorId) && (answered.has(post.id) || maySee(post, viewer))) posts.set(post.id, post);
  return { posts, answered };
};

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
  const { posts, answered } = await listSubjects(ctx, shown);
  const items = shown.map(({ id, kind, postId, reasons, createdAt, readAt }): NotificationView => {
    const post = postId === null ? null : (posts.get(postId) ?? null);
    return {
      id,
      kind,
      ...noticeInWords(kind, post, postId !== null && answered.has(postId), ctx.locale),
      reasons: post?.state === 'open' ? reasonsInWords(reasons, 'helper', ctx.locale) : [],
      post: post && { id: post.id, kind: post.kind, category: post.category, title: post.title, state: post.state },
      read: readAt !== null,
      createdAt: createdAt.toISOString(),
    };
  });
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
