import { type Database, schema, type Transaction } from '@palier/db';
import { and, count, desc, eq, inArray, isNull, or, sql } from 'drizzle-orm';

const { favours, notifications } = schema;

/** How many notifications of an account wait to be read. */
export const countUnread = async (db: Database | Transaction, accountId: string): Promise<number> => {
  const [row] = await db
    .select({ n: count() })
    .from(notifications)
    .where(and(eq(notifications.accountId, accountId), isNull(notifications.readAt)));
  return row?.n ?? 0;
};

/** What is read of a notification to put it in words. */
export const noticeColumns = {
  id: notifications.id,
  kind: notifications.kind,
  postId: notifications.postId,
  favourId: notifications.favourId,
  conversationId: notifications.conversationId,
  caseId: notifications.caseId,
  turn: notifications.turn,
  reasons: notifications.reasons,
  createdAt: notifications.createdAt,
  readAt: notifications.readAt,
};

/** Where a page of notifications ended: the instant in ms, and the id. */
export type NoticePosition = { at: number; id: string };

/** An account's notifications, the newest first. */
export const listNotices = (db: Database, accountId: string, after: NoticePosition | null, limit: number) =>
  db
    .select(noticeColumns)
    .from(notifications)
    .where(
      and(
        eq(notifications.accountId, accountId),
        after
          ? sql`(${notifications.createdAt}, ${notifications.id}) < (${new Date(after.at).toISOString()}::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(notifications.createdAt), desc(notifications.id))
    .limit(limit);
export type NoticeRow = Awaited<ReturnType<typeof listNotices>>[number];

/** Of these posts, those that a resident has said yes to and not left. */
export const listAnsweredBy = async (
  db: Database,
  residentId: string,
  postIds: readonly string[],
): Promise<Set<string>> => {
  if (postIds.length === 0) return new Set();
  const rows = await db
    .select({ postId: favours.postId })
    .from(favours)
    .where(
      and(
        eq(favours.acceptedBy, residentId),
        inArray(favours.postId, [...postIds]),
        inArray(favours.state, ['standby', 'accepted', 'done']),
      ),
    );
  return new Set(rows.map(({ postId }) => postId));
};

/** Whether a notification speaks of this post, or of a favour of it. */
const isAbout = (postId: string) =>
  or(
    eq(notifications.postId, postId),
    sql`${notifications.favourId} in (select id from favours where post_id = ${postId})`,
  );

/** Marks what was not read yet as read: these, what speaks of a post and its favours, or all. */
export const claimRead = async (
  tx: Transaction,
  accountId: string,
  which: { ids: readonly string[] } | { postId: string } | null,
  now: Date,
): Promise<void> => {
  await tx
    .update(notifications)
    .set({ readAt: now })
    .where(
      and(
        eq(notifications.accountId, accountId),
        isNull(notifications.readAt),
        which === null ? undefined : 'ids' in which ? inArray(notifications.id, [...which.ids]) : isAbout(which.postId),
      ),
    );
};

/** Marks what these accounts were told of a conversation as read: they have it on screen, or hear of it anew. */
export const readTalkNotices = async (
  tx: Transaction,
  accountIds: readonly string[],
  conversationId: string,
  kind: 'message' | 'meeting',
  now: Date,
): Promise<void> => {
  if (accountIds.length === 0) return;
  await tx
    .update(notifications)
    .set({ readAt: now })
    .where(
      and(
        inArray(notifications.accountId, [...accountIds]),
        eq(notifications.conversationId, conversationId),
        eq(notifications.kind, kind),
        isNull(notifications.readAt),
      ),
    );
};
