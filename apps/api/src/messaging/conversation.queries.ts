import type { Database, Transaction } from '@palier/db';
import type { Trust } from '@palier/domain/accounts';
import type { FavourState } from '@palier/domain/favours';
import { hasOpenedTalk, isGroupTalk } from '@palier/domain/messaging';
import type { Category, PostKind, PostState } from '@palier/domain/posts';
import { type SQL, sql } from 'drizzle-orm';

/** One favour of a conversation: who promised whom, how it stands, and both as the other may know them. */
export type TalkFavour = {
  id: string;
  state: FavourState;
  endedAt: Date | null;
  helperId: string;
  beneficiaryId: string;
  author: Person;
  answerer: Person;
};
/** `helpedBy`: the referent who last acted for somebody without internet. */
export type Person = { id: string; displayName: string; residence: string; trust: Trust; helpedBy: string | null };

/** What a conversation is about, and the favours that opened it. */
export type Talk = {
  id: string;
  isGroup: boolean;
  post: {
    id: string;
    kind: PostKind;
    category: Category;
    title: string;
    state: PostState;
    commune: string;
    residenceId: string;
    authorId: string;
  };
  favours: TalkFavour[];
};

type Row = {
  talkId: string;
  isGroup: boolean;
  postId: string;
  kind: PostKind;
  category: Category;
  title: string;
  postState: PostState;
  commune: string;
  residenceId: string;
  helpersNeeded: number;
  isKept: boolean;
  id: string;
  state: FavourState;
  endedAt: string | null;
  helperId: string;
  beneficiaryId: string;
  authorId: string;
  authorName: string;
  authorResidence: string;
  authorTrust: Trust;
  authorHelpedBy: string | null;
  answererId: string;
  answererName: string;
  answererResidence: string;
  answererTrust: Trust;
  answererHelpedBy: string | null;
};

const uuids = (ids: readonly string[]) => sql`${`{${ids.join(',')}}`}::uuid[]`;

const talkOf = (id: string, rows: readonly Row[]): Talk | null => {
  const [first] = rows;
  if (!first || !(first.isKept || isGroupTalk(first) === first.isGroup)) return null;
  const favours = rows
    .map(
      (row): TalkFavour => ({
        id: row.id,
        state: row.state,
        endedAt: row.endedAt === null ? null : new Date(row.endedAt),
        helperId: row.helperId,
        beneficiaryId: row.beneficiaryId,
        author: {
          id: row.authorId,
          displayName: row.authorName,
          residence: row.authorResidence,
          trust: row.authorTrust,
          helpedBy: row.authorHelpedBy,
        },
        answerer: {
          id: row.answererId,
          displayName: row.answererName,
          residence: row.answererResidence,
          trust: row.answererTrust,
          helpedBy: row.answererHelpedBy,
        },
      }),
    )
    .filter(hasOpenedTalk);
  if (favours.length === 0) return null;
  const { postId, kind, category, title, postState: state, commune, residenceId, authorId } = first;
  return {
    id,
    isGroup: first.isGroup,
    post: { id: postId, kind, category, title, state, commune, residenceId, authorId },
    favours,
  };
};

const helperOf = (resident: SQL): SQL => sql`
  case when ${resident}.account_id is null then (
    select h.display_name from acting_sessions s join resident_consents c on c.resident_id = s.resident_id join accounts h on h.id = s.account_id
    where s.resident_id = ${resident}.id order by s.opened_at desc limit 1) end`;

/** The conversations of these ids, each with its favours, the oldest first; whoever asks is looked at elsewhere. An id that opens none is left out. */
export const listTalks = async (db: Database | Transaction, ids: readonly string[]): Promise<Map<string, Talk>> => {
  if (ids.length === 0) return new Map();
  const { rows } = await db.execute<Row>(sql`
    select w.id as "talkId", f.id <> w.id as "isGroup", p.id as "postId", p.kind, p.category, p.title, p.state as "postState", p.commune,
      p.residence_id as "residenceId", p.helpers_needed as "helpersNeeded", exists (select from conversations c where c.id = w.id) as "isKept",
      f.id, f.state, f.ended_at as "endedAt", f.helper_id as "helperId", f.beneficiary_id as "beneficiaryId",
      ${helperOf(sql`a`)} as "authorHelpedBy", ${helperOf(sql`y`)} as "answererHelpedBy", a.id as "authorId", a.display_name as "authorName", ea.name as "authorResidence", a.trust as "authorTrust",
      y.id as "answererId", y.display_name as "answererName", ey.name as "answererResidence", y.trust as "answererTrust"
    from unnest(${uuids(ids)}) as w(id)
    join lateral (select * from favours where id = w.id union all select * from favours where post_id = w.id) f on f.state <> 'standby'
    join posts p on p.id = f.post_id
    join residents a on a.id = f.author_id join residences ea on ea.id = a.residence_id
    join residents y on y.id = f.accepted_by join residences ey on ey.id = y.residence_id
    order by f.created_at, f.id`);
  const grouped = new Map<string, Row[]>();
  for (const row of rows) grouped.set(row.talkId, [...(grouped.get(row.talkId) ?? []), row]);
  const found = new Map<string, Talk>();
  for (const [id, theirs] of grouped) {
    const talk = talkOf(id, theirs);
    if (talk) found.set(id, talk);
  }
  return found;
};

/** Writes a conversation's row when its first act comes; those that come together write one. */
export const keepConversation = async (tx: Transaction, talk: Talk, now: Date): Promise<void> => {
  await tx.execute(sql`
    insert into conversations (id, post_id, created_at) values (${talk.id}, ${talk.post.id}, ${now.toISOString()}) on conflict do nothing`);
};
