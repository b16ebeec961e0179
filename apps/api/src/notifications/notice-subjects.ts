import type { Database } from '@palier/db';
import type { Locale } from '@palier/domain/accounts';
import { hrefOfNotice, type NotificationView } from '@palier/domain/notifications';
import { maySee, type StoredPost, type Viewer } from '@palier/domain/places';
import { findContacts } from '@palier/domain/posts/language';
import { reasonsInWords } from '@palier/messages/reasons';
import { findStoredPosts, listBlockedOf } from '../posts/index.ts';
import { listToldFavours, type ToldFavour } from './favours-told.queries.ts';
import { listAnsweredBy, type NoticeRow } from './list.queries.ts';
import { isAsked, noticeInWords } from './notice-in-words.ts';

/** What notices speak of, as one reader may see it now. */
export type Subjects = {
  posts: ReadonlyMap<string, StoredPost>;
  answered: ReadonlySet<string>;
  favours: ReadonlyMap<string, ToldFavour>;
};
const idsOf = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];

/** The posts that these notices speak of and that this resident may still see, those they answered, and their favours; none for an account without a resident. */
export const listSubjects = async (
  db: Database,
  viewer: Viewer | null,
  rows: readonly NoticeRow[],
): Promise<Subjects> => {
  const posts = new Map<string, StoredPost>();
  if (!viewer) return { posts, answered: new Set(), favours: new Map() };
  const ids = idsOf(rows.map(({ postId }) => postId));
  const blocked = await listBlockedOf(db, viewer.residentId);
  const answered = await listAnsweredBy(db, viewer.residentId, ids);
  for (const post of await findStoredPosts(db, ids))
    if (!blocked.has(post.authorId) && (answered.has(post.id) || maySee(post, viewer))) posts.set(post.id, post);
  const favourIds = idsOf(rows.map(({ favourId }) => favourId));
  return { posts, answered, favours: await listToldFavours(db, viewer.residentId, favourIds) };
};

const subjectsOf = ({ postId, favourId }: NoticeRow, { posts, answered, favours }: Subjects) => {
  const post = (postId !== null && posts.get(postId)) || null;
  const favour = (favourId !== null && favours.get(favourId)) || null;
  const hasAnswered = postId !== null && answered.has(postId);
  return { post, favour, hasAnswered, isHidden: (postId !== null && !post) || (favourId !== null && !favour) };
};

/** One notification as its reader may read it now. */
export const viewOfNotice = (row: NoticeRow, subjects: Subjects, locale: Locale): NotificationView => {
  const { id, kind, reasons, createdAt, readAt, turn } = row;
  const { post, favour, hasAnswered, isHidden } = subjectsOf(row, subjects);
  return {
    id,
    kind,
    ...noticeInWords(kind, { post, hasAnswered, favour, turn }, locale),
    reasons: post?.state === 'open' ? reasonsInWords(reasons, 'helper', locale) : [],
    post: post && {
      ...{ id: post.id, kind: post.kind, category: post.category, title: post.title },
      ...{ state: post.state, helpersTaken: post.taken },
    },
    favour: favour && { id: favour.id, postId: favour.postId, side: favour.side, state: favour.state },
    href: isHidden ? null : hrefOfNotice(kind, row),
    read: readAt !== null,
    createdAt: createdAt.toISOString(),
  };
};

/** Whether what a notification speaks of still waits for its reader: not what they may no longer see, nor an ask that was taken or that they answered. */
export const isWaiting = (row: NoticeRow, subjects: Subjects): boolean => {
  const { post, hasAnswered, isHidden } = subjectsOf(row, subjects);
  if (isHidden) return false;
  if (row.kind === 'ask' || row.kind === 'interest') return post?.state === 'open' && !hasAnswered;
  return row.kind !== 'still-needed' || (post?.state === 'open' && isAsked(post, row.turn));
};

/** A text without the telephones, addresses and links that someone may have written in it. */
const withoutContacts = (text: string): string =>
  findContacts(text).reduceRight(
    (kept, { index, length }) => `${kept.slice(0, index)}…${kept.slice(index + length)}`,
    text,
  );

/** The same subjects for what leaves this installation by push or mail: first names alone, and no telephone or address in a title. */
export const discreet = ({ posts, answered, favours }: Subjects): Subjects => ({
  posts: new Map([...posts].map(([id, post]) => [id, { ...post, title: withoutContacts(post.title) }])),
  answered,
  favours: new Map(
    [...favours].map(([id, favour]) => [
      id,
      { ...favour, title: withoutContacts(favour.title), other: favour.other?.split(/\s+/)[0] ?? null },
    ]),
  ),
});
