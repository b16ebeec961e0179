import type { Database, Transaction } from '@palier/db';
import type { Category, PostState } from '@palier/domain/posts';
import { sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { newId } from '../ids.ts';
import { mutateAtOnce } from '../mutate.ts';
import { type AuditEntry, insertOutbox, type OutboxEvent, outboxRows } from '../record.ts';

/** A resident's answer to a post as they saw it: what decided that they may answer is asked again by the statement. */
export type Answer = {
  favourId: string;
  postId: string;
  residentId: string;
  note: string;
  audience: string;
  category: Category;
  openMax: number;
  now: Date;
};

/** What is told, by how the answer ends: the post filled by it, still open after it, or a stand-by more. */
export type AnswerEvents = Readonly<Record<'filled' | 'open' | 'standby', readonly OutboxEvent[]>>;

/**
 * How an answer ended: the state in which the post was found (null: it is no longer as it was seen), whether no block stands between the two, whether the helper's limit let them,
 * and the state the favour was written in, if it was, with the post's own after it.
 */
export type Claimed = {
  found: PostState | null;
  mayMeet: boolean;
  isWithinLimit: boolean;
  favour: 'accepted' | 'standby' | null;
  left: PostState | null;
};

/**
 * The post is locked first, then the two residents (neither excluded, and whoever answers not paused) in the order of their ids, as everywhere; only then blocks and the helper's limit are looked at, in a fresh snapshot or in the locked
 * rows, so that nothing committed meanwhile is missed (reliability.md, rule 5). Who finds someone standing by already does not even lock. The counts are those of the locked row: the
 * table's checks look at what is written before PostgreSQL finds that the row it started from is an older version.
 */
const text = `
  with post as materialized (
    select id, commune, author_id, residence_id, kind, state, taken, helpers_needed from posts
    where id = $2::uuid and audience = $5::audience and category = $6::category and expires_at > $8::timestamptz
      and (state = 'open' or (state = 'filled' and not exists (select from favours s where s.post_id = posts.id and s.state = 'standby')))
    for no key update),
  pair as materialized (
    select r.id, r.open_favours from post
    join residents r on r.id = any(array[$3::uuid, post.author_id])
    where r.excluded_at is null and (r.id <> $3::uuid or r.paused_until is null or r.paused_until <= $8::timestamptz) order by r.id for no key update of r),
  checked as materialized (
    select count(*) = 2 and not is_blocked_among(array_agg(id)) as may_meet,
      coalesce(bool_and(open_favours < $7::int) filter (where id = $3::uuid), false) or exists (select from post where kind = 'offer') as is_within_limit from pair),
  favour as (
    insert into favours (id, post_id, commune, author_id, accepted_by, helper_id, beneficiary_id, state, note, created_at, updated_at)
    select $1::uuid, post.id, post.commune, post.author_id, $3::uuid, case when post.kind = 'request' then $3::uuid else post.author_id end,
      case when post.kind = 'request' then post.author_id else $3::uuid end, (case when post.state = 'open' then 'accepted' else 'standby' end)::favour_state,
      $4::text, $8::timestamptz, $8::timestamptz
    from post, checked where checked.may_meet and checked.is_within_limit
    on conflict do nothing returning post_id, state),
  helper as (
    update residents r set open_favours = r.open_favours + 1 from favour, post where r.id = $3::uuid and post.kind = 'request'),
  place as (
    update posts p set helpers_needed = post.helpers_needed, taken = post.taken + 1, updated_at = $8::timestamptz,
      state = (case when post.taken + 1 = post.helpers_needed then 'filled' else 'open' end)::post_state
    from favour, post where p.id = post.id and favour.state = 'accepted' returning p.state),
  written as materialized (select favour.state, (select place.state from place) as left_in from favour),
  entry as (
    insert into audit (id, at, actor_id, actor_role, action, subject, subject_id, residence_id, commune, on_behalf_of)
    select $9::uuid, $8::timestamptz, $10::uuid, $12, $13, 'favour', $1::uuid, post.residence_id, post.commune, $14::uuid from post, written),
  told as (${insertOutbox(11, 'join written on e.outcome = coalesce(written.left_in::text, written.state::text)')})
  select post.state as found, checked.may_meet as "mayMeet", checked.is_within_limit as "isWithinLimit", written.state as favour, written.left_in as left
  from checked left join post on true left join written on true`;

/**
 * Answers a post in one statement, whole by itself: takes a place if there is one, else the stand-by's; writes the favour, counts its helper, logs, and tells the stream. Exactly as
 * many are `accepted` as there are places, and one stands by.
 */
export const claimPlace = async (
  ctx: Context<unknown>,
  answer: Answer,
  entry: Pick<AuditEntry, 'actorId' | 'actorRole' | 'action' | 'onBehalfOf'>,
  events: AnswerEvents,
): Promise<Claimed> => {
  const { favourId, postId, residentId, note, audience, category, openMax, now } = answer;
  const auditId = newId();
  const [claimed] = await mutateAtOnce<Claimed>(ctx, {
    name: 'claim_place',
    text,
    values: [
      favourId,
      postId,
      residentId,
      note,
      audience,
      category,
      openMax,
      now.toISOString(),
      auditId,
      entry.actorId,
      outboxRows(auditId, events),
      entry.actorRole,
      entry.action,
      entry.onBehalfOf ?? null,
    ],
  });
  if (!claimed) throw new Error('a claim answers one row');
  return claimed;
};

/** Whether this resident has answered this post already, as committed now: what tells it from another having stood by first. */
export const hasAnswered = async (db: Database | Transaction, postId: string, residentId: string): Promise<boolean> => {
  const { rows } = await db.execute<{ found: boolean }>(sql`
    select exists (select from favours where post_id = ${postId} and accepted_by = ${residentId} and (state in ('standby', 'accepted', 'done', 'declined') or (state = 'no-show' and excused_at is null))) as found`);
  return rows[0]?.found ?? false;
};
