import { type Database, schema, type Transaction } from '@palier/db';
import { type LatelyWritten, livePostStates, type PostState, repeating, type WrittenPost } from '@palier/domain/posts';
import { and, eq, inArray, isNull, notExists, sql } from 'drizzle-orm';
import { type AuditEntry, type OutboxEvent, recording, type Statement } from '../record.ts';

const { posts, postBeneficiaries, series } = schema;

export type NewPost = Omit<typeof posts.$inferInsert, 'search'>;
export type PostChange = Partial<
  Pick<
    typeof posts.$inferInsert,
    | 'title'
    | 'details'
    | 'category'
    | 'audience'
    | 'helpersNeeded'
    | 'urgentUntil'
    | 'windowFrom'
    | 'windowTo'
    | 'hall'
    | 'expiresAt'
    | 'state'
  >
>;

const dateOf = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;

const writePost = recording('post_create', {
  text: `insert into posts (id, author_id, residence_id, stair_id, commune, cell, kind, category, title, details, audience, helpers_needed,
      urgent_until, window_from, window_to, state, hall, on_behalf, series_id, created_at, updated_at, expires_at)
    select ${Array.from({ length: 22 }, (_, n) => `$${n + 1}`).join(', ')} from residents
    where id = $2::uuid and excluded_at is null and left_at is null and ($23::timestamptz is null or paused_until is null or paused_until <= $23::timestamptz)
    for key share returning id`,
  parameters: 23,
});

/**
 * A post with its audit row and its outbox row, in one prepared statement: the builder's cost, and each round trip, show on this path.
 * Nothing is written, and no row comes back, once its author is excluded, has left, or is paused while `begunAt` (null: it was begun before).
 */
export const postStatement = (p: NewPost, entry: AuditEntry, event: OutboxEvent, begunAt: Date | null): Statement =>
  writePost(
    entry,
    [event],
    [
      p.id,
      p.authorId,
      p.residenceId,
      p.stairId ?? null,
      p.commune,
      p.cell,
      p.kind,
      p.category,
      p.title,
      p.details ?? '',
      p.audience,
      p.helpersNeeded ?? 1,
      dateOf(p.urgentUntil),
      dateOf(p.windowFrom),
      dateOf(p.windowTo),
      p.state,
      p.hall ?? false,
      p.onBehalf ?? false,
      p.seriesId ?? null,
      dateOf(p.createdAt),
      dateOf(p.updatedAt),
      dateOf(p.expiresAt),
      dateOf(begunAt),
    ],
  );

export const insertBeneficiary = async (tx: Transaction, row: typeof postBeneficiaries.$inferInsert): Promise<void> => {
  await tx.insert(postBeneficiaries).values(row);
};

export const insertSeries = async (tx: Transaction, row: typeof series.$inferInsert): Promise<void> => {
  await tx.insert(series).values(row);
};

/** When an author joined; with `isLocked`, their other posts wait for this transaction, so that counting them counts. */
export const findJoinedAt = async (tx: Transaction, residentId: string, isLocked: boolean): Promise<Date | null> => {
  const query = tx
    .select({ joinedAt: schema.residents.joinedAt })
    .from(schema.residents)
    .where(eq(schema.residents.id, residentId));
  const [row] = isLocked ? await query.for('no key update') : await query;
  return row?.joinedAt ?? null;
};

/** Whether a resident is excluded or has left, as committed now. */
export const isGone = async (db: Database | Transaction, residentId: string): Promise<boolean> => {
  const { residents } = schema;
  const [row] = await db
    .select({ id: residents.id })
    .from(residents)
    .where(and(eq(residents.id, residentId), isNull(residents.excludedAt), isNull(residents.leftAt)));
  return row === undefined;
};

/** The posts an author wrote since then, the latest first, each with when and for whom (null: themselves); the dates of one series count once. At most 200. */
export const listRecentPosts = async (tx: Transaction, authorId: string, since: Date): Promise<WrittenPost[]> => {
  const { rows } = await tx.execute<{ at: string; beneficiary: string | null }>(sql`
    select distinct on (at, id) at, beneficiary from (
      select coalesce(s.created_at, p.created_at) as at, coalesce(p.series_id, p.id) as id, b.name as beneficiary
      from posts p left join series s on s.id = p.series_id left join post_beneficiaries b on b.post_id = p.id
      where p.author_id = ${authorId} and p.created_at > ${since.toISOString()}) written
    where at > ${since.toISOString()} order by at desc, id limit 200`);
  return rows.map((row) => ({ at: new Date(row.at), beneficiary: row.beneficiary }));
};

/** What was written in a residence in the last day, the latest first, at most 200; the dates of one series count once. */
export const listWrittenLately = async (tx: Transaction, residenceId: string, now: Date): Promise<LatelyWritten[]> => {
  const since = new Date(now.getTime() - repeating.spanMs).toISOString();
  const { rows } = await tx.execute<{ author_id: string; at: string; text: string }>(sql`
    select author_id, at, text from (
      select distinct on (coalesce(series_id, id)) author_id, created_at as at, title || ' ' || details as text from posts
      where author_id in (select id from residents where residence_id = ${residenceId}) and residence_id = ${residenceId} and created_at > ${since}
      order by coalesce(series_id, id), created_at desc) lately
    order by at desc limit 200`);
  return rows.map((row) => ({ authorId: row.author_id, at: new Date(row.at), text: row.text }));
};

/** Changes a post that is still in the state it was seen in and nobody has a place in. */
export const claimEdit = async (
  tx: Transaction,
  postId: string,
  seen: PostState,
  change: PostChange,
  now: Date,
): Promise<boolean> => {
  const rows = await tx
    .update(posts)
    .set({ ...change, updatedAt: now })
    .where(and(eq(posts.id, postId), eq(posts.state, seen), eq(posts.taken, 0)))
    .returning({ id: posts.id });
  return rows.length === 1;
};

/** Ends a post that is still in the state it was seen in. */
export const claimEnd = async (
  tx: Transaction,
  postId: string,
  seen: PostState,
  end: { state: 'withdrawn' | 'expired'; reason: string },
  now: Date,
): Promise<boolean> => {
  const rows = await tx
    .update(posts)
    .set({ state: end.state, endReason: end.reason, updatedAt: now })
    .where(and(eq(posts.id, postId), eq(posts.state, seen)))
    .returning({ id: posts.id });
  return rows.length === 1;
};

/** Ends a series none of whose posts lives any more. */
export const claimSeriesEnd = async (tx: Transaction, seriesId: string, now: Date): Promise<void> => {
  const living = tx
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.seriesId, seriesId), inArray(posts.state, [...livePostStates])));
  await tx
    .update(series)
    .set({ endedAt: now })
    .where(and(eq(series.id, seriesId), isNull(series.endedAt), notExists(living)));
};
