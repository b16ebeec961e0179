import type { Transaction } from '@palier/db';
import type { Category, PostState } from '@palier/domain/posts';
import { type SQL, sql } from 'drizzle-orm';

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

/** How an answer ended: whether a place (or the stand-by's) was there, whether the helper's limit let them, whether the favour was written, and the state the post has with it. */
export type Claimed = { hasPlace: boolean; isWithinLimit: boolean; isWritten: boolean; state: PostState | null };

/** Counts the helper of a request and writes the favour, in the statement that took the place. */
const writeFavour = (answer: Answer, state: 'accepted' | 'standby', place: SQL): SQL => sql`
  with place as (${place}),
  helper as (
    update residents r set open_favours = r.open_favours + 1 from place
    where r.id = ${answer.residentId} and place.kind = 'request' and r.open_favours < ${answer.openMax}::int returning r.id),
  favour as (
    insert into favours (id, post_id, commune, author_id, accepted_by, helper_id, beneficiary_id, state, note, created_at, updated_at)
    select ${answer.favourId}, place.id, place.commune, place.author_id, ${answer.residentId}::uuid,
      case when place.kind = 'request' then ${answer.residentId}::uuid else place.author_id end,
      case when place.kind = 'request' then place.author_id else ${answer.residentId}::uuid end,
      ${state}::favour_state, ${answer.note}, ${answer.now.toISOString()}, ${answer.now.toISOString()}
    from place where place.kind = 'offer' or exists (select from helper)
    on conflict do nothing returning id)
  select exists (select from place) as "hasPlace", exists (select from place where kind = 'offer') or exists (select from helper) as "isWithinLimit",
    exists (select from favour) as "isWritten", (select state from place) as state`;

const asSeen = (answer: Answer): SQL =>
  sql`id = ${answer.postId} and audience = ${answer.audience}::audience and category = ${answer.category}::category and expires_at > ${answer.now.toISOString()}`;

const run = async (tx: Transaction, statement: SQL): Promise<Claimed> => {
  const { rows } = await tx.execute<Claimed>(statement);
  return rows[0] ?? { hasPlace: false, isWithinLimit: false, isWritten: false, state: null };
};

/** Takes a place of an open post: the one conditional update that lets in exactly as many as there are places (reliability.md, rule 5). */
export const claimPlace = (tx: Transaction, answer: Answer): Promise<Claimed> =>
  run(
    tx,
    writeFavour(
      answer,
      'accepted',
      sql`update posts set taken = taken + 1, state = (case when taken + 1 = helpers_needed then 'filled' else 'open' end)::post_state, updated_at = ${answer.now.toISOString()}
        where ${asSeen(answer)} and state = 'open' and taken < helpers_needed returning id, commune, author_id, kind, state`,
    ),
  );

/** Stands by for a filled post that nobody stands by for; the post is locked, so that a place freeing meanwhile finds this standby or is found free. */
export const claimStandby = (tx: Transaction, answer: Answer): Promise<Claimed> =>
  run(
    tx,
    writeFavour(
      answer,
      'standby',
      sql`select id, commune, author_id, kind, state from posts
        where ${asSeen(answer)} and state = 'filled' and not exists (select from favours s where s.post_id = posts.id and s.state = 'standby') for no key update`,
    ),
  );

/** Whether a block stands between two residents, as committed now: asked once their rows are locked by what was written. */
export const hasBlockBetween = async (tx: Transaction, one: string, another: string): Promise<boolean> => {
  const { rows } = await tx.execute<{ found: boolean }>(sql`
    select exists (select from blocks where (resident_id = ${one} and blocked_id = ${another}) or (resident_id = ${another} and blocked_id = ${one})) as found`);
  return rows[0]?.found ?? true;
};

/** Whether this resident has answered this post already, as committed now: what tells it from another having stood by first. */
export const hasAnswered = async (tx: Transaction, { postId, residentId }: Answer): Promise<boolean> => {
  const { rows } = await tx.execute<{ found: boolean }>(sql`
    select exists (select from favours where post_id = ${postId} and accepted_by = ${residentId} and (state in ('standby', 'accepted', 'done', 'declined') or (state = 'no-show' and excused_at is null))) as found`);
  return rows[0]?.found ?? false;
};
