import type { Locale } from '@palier/domain/accounts';
import { hrefOfNotice, ListNotifications, NotificationView } from '@palier/domain/notifications';
import { maySee, type StoredPost } from '@palier/domain/places';
import { reasonsInWords } from '@palier/messages/reasons';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { openCursor, sealCursor } from '../cursor.ts';
import { refusals } from '../plugins/refusals.ts';
import { findStoredPosts, listBlockedOf, viewerOf } from '../posts/index.ts';
import { findHead, seqHeader } from '../stream-head.ts';
import { listToldFavours, type ToldFavour } from './favours-told.queries.ts';
import { countUnread, listAnsweredBy, listNotices, type NoticePosition, type NoticeRow } from './list.queries.ts';
import { noticeInWords } from './notice-in-words.ts';

type Page = { items: NotificationView[]; next: string | null; unread: number };

type Subjects = {
  posts: ReadonlyMap<string, StoredPost>;
  answered: ReadonlySet<string>;
  favours: ReadonlyMap<string, ToldFavour>;
};
const idsOf = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];

/** The posts that these notices speak of and that this resident may still see, those they answered, and their favours. */
const listSubjects = async (ctx: SignedInContext, rows: readonly NoticeRow[]): Promise<Subjects> => {
  const { resident } = ctx.actor;
  const posts = new Map<string, StoredPost>();
  if (!resident) return { posts, answered: new Set(), favours: new Map() };
  const ids = idsOf(rows.map(({ postId }) => postId));
  const blocked = await listBlockedOf(ctx.db, resident.residentId);
  const viewer = viewerOf(resident);
  const answered = await listAnsweredBy(ctx.db, resident.residentId, ids);
  for (const post of await findStoredPosts(ctx.db, ids))
    if (!blocked.has(post.authorId) && (answered.has(post.id) || maySee(post, viewer))) posts.set(post.id, post);
  const favourIds = idsOf(rows.map(({ favourId }) => favourId));
  return { posts, answered, favours: await listToldFavours(ctx.db, resident.residentId, favourIds) };
};

/** One notification as its reader may read it now. */
const viewOfNotice = (row: NoticeRow, { posts, answered, favours }: Subjects, locale: Locale): NotificationView => {
  const { id, kind, postId, favourId, reasons, createdAt, readAt } = row;
  const post = (postId !== null && posts.get(postId)) || null;
  const favour = (favourId !== null && favours.get(favourId)) || null;
  const hasAnswered = postId !== null && answered.has(postId);
  const isHidden = (postId !== null && !post) || (favourId !== null && !favour);
  return {
    id,
    kind,
    ...noticeInWords(kind, { post, hasAnswered, favour, turn: row.turn }, locale),
    reasons: post?.state === 'open' ? reasonsInWords(reasons, 'helper', locale) : [],
    post: post && { id: post.id, kind: post.kind, category: post.category, title: post.title, state: post.state },
    favour: favour && { id: favour.id, postId: favour.postId, side: favour.side, state: favour.state },
    href: isHidden ? null : hrefOfNotice(kind, row),
    read: readAt !== null,
    createdAt: createdAt.toISOString(),
  };
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
  const subjects = await listSubjects(ctx, shown);
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
