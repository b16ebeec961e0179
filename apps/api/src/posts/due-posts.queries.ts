import { type Database, schema, type Transaction } from '@palier/db';
import { doneGraceMs } from '@palier/domain/posts';
import { and, asc, eq, inArray, isNull, lt, lte, ne, or, sql } from 'drizzle-orm';

const { posts, postBeneficiaries, series, seriesSkips } = schema;

const before = (now: Date, ms: number): string => new Date(now.getTime() - ms).toISOString();

/** Whether nobody has said for long enough that a filled post is done, nor agreed on an hour since or still to come. */
const isUnsaid = (
  now: Date,
) => sql`(case when posts.window_to is null then greatest(posts.expires_at, posts.updated_at) <= ${before(now, doneGraceMs.undated)}
    else posts.expires_at <= ${before(now, doneGraceMs.dated)} end
  and not exists (select from conversations c join meetings m on m.conversation_id = c.id left join favours f on f.id = c.id
    where c.post_id = posts.id and m.agreed_at is not null and m.at > ${before(now, doneGraceMs.dated)} and (f.id is null or f.state = 'accepted')))`;

const isDue = (now: Date) =>
  and(
    sql`state in ('held', 'open', 'filled')`,
    lte(posts.expiresAt, now),
    or(ne(posts.state, 'filled'), isUnsaid(now)),
  );

/** Posts past their date, the longest first; filled ones only once nobody has said for long enough that they are done. */
export const listDuePosts = async (db: Database, now: Date, limit: number): Promise<string[]> => {
  const rows = await db
    .select({ id: posts.id })
    .from(posts)
    .where(isDue(now))
    .orderBy(asc(posts.expiresAt))
    .limit(limit);
  return rows.map(({ id }) => id);
};

/** Locks a post if it is still due and nobody else holds it. */
export const lockDuePost = async (tx: Transaction, postId: string, now: Date) => {
  const [row] = await tx
    .select({
      id: posts.id,
      state: posts.state,
      taken: posts.taken,
      windowTo: posts.windowTo,
      cell: posts.cell,
      residenceId: posts.residenceId,
      commune: posts.commune,
      authorId: posts.authorId,
    })
    .from(posts)
    .where(and(eq(posts.id, postId), isDue(now)))
    .for('no key update', { skipLocked: true });
  return row;
};
export type DuePost = NonNullable<Awaited<ReturnType<typeof lockDuePost>>>;

/** Ends the urgency of open posts past it, those it ended for the longest first, leaving those that another holds; answers what routes each. */
export const claimCalm = async (tx: Transaction, now: Date, limit: number) => {
  const over = and(eq(posts.state, 'open'), lte(posts.urgentUntil, now));
  const due = tx
    .select({ id: posts.id })
    .from(posts)
    .where(over)
    .orderBy(asc(posts.urgentUntil))
    .limit(limit)
    .for('no key update', { skipLocked: true });
  return tx
    .update(posts)
    .set({ urgentUntil: null })
    .where(and(inArray(posts.id, due), over))
    .returning({
      ...{ id: posts.id, cell: posts.cell, residenceId: posts.residenceId },
      ...{ commune: posts.commune, authorId: posts.authorId },
    });
};

/** Series that may have dates to write: living, made less far than `ahead`, and of somebody who is still here. */
export const listDueSeries = async (db: Database, ahead: Date, after: string, limit: number) =>
  db
    .select()
    .from(series)
    .where(
      and(
        isNull(series.endedAt),
        lt(series.madeUntil, ahead),
        lt(series.madeUntil, series.until),
        sql`${series.id} > ${after}`,
        sql`exists (select from residents r where r.id = ${series.authorId} and r.excluded_at is null and r.left_at is null)`,
      ),
    )
    .orderBy(asc(series.id))
    .limit(limit);
export type DueSeries = Awaited<ReturnType<typeof listDueSeries>>[number];

/** Takes the dates after `seen` for this transaction; false when another has made them or the series ended. */
export const claimSeriesDates = async (
  tx: Transaction,
  seriesId: string,
  seen: Date,
  madeUntil: Date,
): Promise<boolean> => {
  const rows = await tx
    .update(series)
    .set({ madeUntil })
    .where(and(eq(series.id, seriesId), eq(series.madeUntil, seen), isNull(series.endedAt)))
    .returning({ id: series.id });
  return rows.length === 1;
};

/** The latest post of a series that its next dates are like, with for whom it is: one that was taken back only when there is no other, never one that a referent removed. */
export const findSeriesModel = async (tx: Transaction | Database, seriesId: string) => {
  const [row] = await tx
    .select({ post: posts, beneficiary: postBeneficiaries })
    .from(posts)
    .leftJoin(postBeneficiaries, eq(postBeneficiaries.postId, posts.id))
    .where(and(eq(posts.seriesId, seriesId), ne(posts.state, 'removed')))
    .orderBy(sql`${posts.state} = 'withdrawn', ${posts.windowFrom} desc`)
    .limit(1);
  return row;
};
export type SeriesModel = NonNullable<Awaited<ReturnType<typeof findSeriesModel>>>;

/** The dates of a series that its author skips, as milliseconds. */
export const listSkips = async (tx: Transaction | Database, seriesId: string): Promise<Set<number>> => {
  const rows = await tx.select({ date: seriesSkips.date }).from(seriesSkips).where(eq(seriesSkips.seriesId, seriesId));
  return new Set(rows.map(({ date }) => date.getTime()));
};
