import type { Database, Transaction } from '@palier/db';
import type { QuickAnswer } from '@palier/domain/messaging';
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

type ResidentId = string | SQLWrapper;

/**
 * The conversations that a resident is or was a side of, as `talks (id, since, until)`: `until` is when they left a group. Favours with somebody behind a block open none.
 */
const talksOf = (residentId: ResidentId): SQL => sql`
  mine as (
    select f.state, f.created_at, f.ended_at, f.author_id = ${residentId} as is_author, p.kind = 'request' and p.helpers_needed > 1 and not exists (select from conversations c where c.id = f.id) as is_group,
      f.id, f.post_id
    from favours f join posts p on p.id = f.post_id
    where (f.helper_id = ${residentId} or f.beneficiary_id = ${residentId}) and (f.state = 'accepted' or f.ended_at is not null)
      and not exists (select from blocks b where b.resident_id = f.helper_id and b.blocked_id = f.beneficiary_id)
      and not exists (select from blocks b where b.resident_id = f.beneficiary_id and b.blocked_id = f.helper_id)),
  talks as (
    select case when is_group then post_id else id end as id, max(created_at) as since,
      case when bool_or(is_author or not is_group or state in ('accepted', 'done')) then null else max(ended_at) end as until
    from mine group by 1)`;

/** Of a conversation's messages `m`, those that this resident may read. */
const isForReader = (residentId: ResidentId): SQL => sql`
  (t.until is null or m.created_at <= t.until)
  and not exists (select from blocks b where b.resident_id = ${residentId} and b.blocked_id = m.author_id)
  and not exists (select from blocks b where b.resident_id = m.author_id and b.blocked_id = ${residentId})`;

const unreadOf = (residentId: ResidentId): SQL => sql`
  select count(*)::int from messages m
  where m.conversation_id = t.id and m.author_id <> ${residentId} and ${isForReader(residentId)}
    and m.created_at > coalesce((select r.up_to from conversation_reads r where r.conversation_id = t.id and r.resident_id = ${residentId}), '-infinity')`;

/** One line of the list: the last words that this reader may read, and how many wait. */
export type TalkLine = {
  id: string;
  at: Date;
  unread: number;
  last: {
    authorId: string;
    authorName: string;
    text: string;
    quick: QuickAnswer | null;
    hasPhoto: boolean;
    linkHeld: boolean;
    at: Date;
  } | null;
};

type Row = {
  id: string;
  at: string;
  unread: number;
  lastAt: string | null;
  authorId: string;
  authorName: string;
  text: string;
  quick: QuickAnswer | null;
  hasPhoto: boolean;
  linkHeld: boolean;
};

type Filters = {
  postId?: string | undefined;
  id?: string | undefined;
  after: { at: number; id: string } | null;
  limit: number;
};

/** A resident's conversations, the one last spoken in first; one that nobody has spoken in stands where its favour was accepted. */
export const listTalkLines = async (
  db: Database | Transaction,
  residentId: string,
  { postId, id, after, limit }: Filters,
): Promise<TalkLine[]> => {
  const { rows } = await db.execute<Row>(sql`
    with ${talksOf(residentId)}
    select t.id, coalesce(l.created_at, t.since) as at, (${unreadOf(residentId)}) as unread, l.created_at as "lastAt", l.author_id as "authorId", l.display_name as "authorName", l.text, l.quick,
      l.photo_id is not null as "hasPhoto", l.link_held as "linkHeld"
    from talks t
    left join lateral (
      select m.*, w.display_name from messages m join residents w on w.id = m.author_id
      where m.conversation_id = t.id and ${isForReader(residentId)} order by m.created_at desc, m.id desc limit 1) l on true
    where true ${id === undefined ? sql.empty() : sql`and t.id = ${id}`}
      ${postId === undefined ? sql.empty() : sql`and t.id in (select case when is_group then post_id else id end from mine where post_id = ${postId})`}
      ${after ? sql`and (coalesce(l.created_at, t.since), t.id) < (${new Date(after.at).toISOString()}::timestamptz, ${after.id}::uuid)` : sql.empty()}
    order by 2 desc, 1 desc limit ${limit}`);
  return rows.map(({ lastAt, ...row }) => ({
    id: row.id,
    at: new Date(row.at),
    unread: row.unread,
    last:
      lastAt === null
        ? null
        : {
            authorId: row.authorId,
            authorName: row.authorName,
            text: row.text,
            quick: row.quick,
            hasPhoto: row.hasPhoto,
            linkHeld: row.linkHeld,
            at: new Date(lastAt),
          },
  }));
};

/** How many messages wait for a resident to read them, in all their conversations; 0 of nobody. */
export const unreadMessagesOf = (residentId: SQLWrapper): SQL<number> => sql<number>`
  (with ${talksOf(residentId)} select coalesce(sum((${unreadOf(residentId)})), 0)::int from talks t join conversations c on c.id = t.id)`;
