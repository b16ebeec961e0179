import { type Database, schema, type Transaction } from '@palier/db';
import { livePostStates } from '@palier/domain/posts';
import { and, asc, eq, gt, inArray, isNotNull, isNull, sql } from 'drizzle-orm';

const { favours, posts, residents, series, seriesSkips, seriesStandings } = schema;
type Reads = Database | Transaction;

/** A series as it stands to this reader: whether they answered one of its dates and still hold it, and whether a block stands between them and its author. */
export const findSeriesFor = async (db: Reads, seriesId: string, residentId: string) => {
  const [row] = await db
    .select({
      series,
      authorName: residents.displayName,
      isSide: sql<boolean>`exists (select from favours f join posts p on p.id = f.post_id where p.series_id = ${series.id} and f.accepted_by = ${residentId} and f.state in ('standby', 'accepted', 'done'))
        or exists (select from series_standings t where t.series_id = ${series.id} and t.resident_id = ${residentId})`,
      isBlocked: sql<boolean>`exists (select from blocks b where (b.resident_id = ${residentId} and b.blocked_id = ${series.authorId}) or (b.resident_id = ${series.authorId} and b.blocked_id = ${residentId}))`,
    })
    .from(series)
    .innerJoin(residents, eq(residents.id, series.authorId))
    .where(eq(series.id, seriesId));
  return row;
};

/** Locks a series until the end of the transaction. */
export const lockSeries = async (tx: Transaction, seriesId: string) => {
  const [row] = await tx.select().from(series).where(eq(series.id, seriesId)).for('update');
  return row;
};
export type SeriesRow = NonNullable<Awaited<ReturnType<typeof lockSeries>>>;

/** The posts of a series whose window begins after an instant, in order. */
export const listMade = (db: Reads, seriesId: string, after: Date) =>
  db
    .select({
      id: posts.id,
      state: posts.state,
      windowFrom: posts.windowFrom,
      helpersNeeded: posts.helpersNeeded,
      taken: posts.taken,
    })
    .from(posts)
    .where(and(eq(posts.seriesId, seriesId), gt(posts.windowFrom, after)))
    .orderBy(asc(posts.windowFrom), asc(posts.createdAt));

/** Locks the living posts of a series that begin after an instant, in the order of their ids. */
export const lockLivingDates = (tx: Transaction, seriesId: string, after: Date) =>
  tx
    .select()
    .from(posts)
    .where(and(eq(posts.seriesId, seriesId), gt(posts.windowFrom, after), inArray(posts.state, [...livePostStates])))
    .orderBy(asc(posts.id))
    .for('no key update');
export type LivingDate = Awaited<ReturnType<typeof lockLivingDates>>[number];

export const insertSkip = async (tx: Transaction, seriesId: string, date: Date): Promise<void> => {
  await tx.insert(seriesSkips).values({ seriesId, date }).onConflictDoNothing();
};

export const deleteSkip = async (tx: Transaction, seriesId: string, date: Date): Promise<void> => {
  await tx.delete(seriesSkips).where(and(eq(seriesSkips.seriesId, seriesId), eq(seriesSkips.date, date)));
};

export const updateSeries = async (
  tx: Transaction,
  seriesId: string,
  change: Partial<Omit<typeof series.$inferInsert, 'id' | 'authorId' | 'createdAt'>>,
): Promise<void> => {
  await tx.update(series).set(change).where(eq(series.id, seriesId));
};

/** The wishes that the same person come each time, with their names. */
export const listStandings = (db: Reads, seriesId: string) =>
  db
    .select({
      residentId: seriesStandings.residentId,
      displayName: residents.displayName,
      theirsAt: seriesStandings.theirsAt,
      authorsAt: seriesStandings.authorsAt,
    })
    .from(seriesStandings)
    .innerJoin(residents, eq(residents.id, seriesStandings.residentId))
    .where(eq(seriesStandings.seriesId, seriesId))
    .orderBy(asc(residents.displayName));

/** Those who said yes to a date of the series and hold it or did it: the author may offer them to come each time. */
export const listCandidates = async (db: Reads, seriesId: string) => {
  const { rows } = await db.execute<{ id: string; displayName: string }>(sql`
    select distinct r.id, r.display_name as "displayName" from favours f join posts p on p.id = f.post_id join residents r on r.id = f.accepted_by
    where p.series_id = ${seriesId} and f.state in ('accepted', 'done') and not exists (select from series_standings t where t.series_id = p.series_id and t.resident_id = r.id)
      and not exists (select from blocks b where (b.resident_id = r.id and b.blocked_id = p.author_id) or (b.resident_id = p.author_id and b.blocked_id = r.id))
    order by 2, 1 limit 20`);
  return rows;
};

/** Who comes to each date of a series, as both sides wished it. */
export const findAgreed = async (tx: Transaction, seriesId: string) => {
  const [row] = await tx
    .select({ residentId: residents.id, trust: residents.trust })
    .from(seriesStandings)
    .innerJoin(residents, eq(residents.id, seriesStandings.residentId))
    .where(
      and(
        eq(seriesStandings.seriesId, seriesId),
        isNotNull(seriesStandings.theirsAt),
        isNotNull(seriesStandings.authorsAt),
      ),
    );
  return row;
};

/** The account of a resident, if they have one. */
export const findAccountOf = async (tx: Transaction, residentId: string): Promise<string | null> => {
  const [row] = await tx.select({ accountId: residents.accountId }).from(residents).where(eq(residents.id, residentId));
  return row?.accountId ?? null;
};

/** Writes one side's wish and keeps the other's; answers how both stand. */
export const keepStanding = async (
  tx: Transaction,
  { seriesId, residentId, isAuthor, now }: { seriesId: string; residentId: string; isAuthor: boolean; now: Date },
) => {
  const change = isAuthor ? { authorsAt: now } : { theirsAt: now };
  const [row] = await tx
    .insert(seriesStandings)
    .values({ seriesId, residentId, ...change })
    .onConflictDoUpdate({ target: [seriesStandings.seriesId, seriesStandings.residentId], set: change })
    .returning({ theirsAt: seriesStandings.theirsAt, authorsAt: seriesStandings.authorsAt });
  return { isAgreed: row?.theirsAt != null && row.authorsAt != null };
};

export const deleteStanding = async (tx: Transaction, seriesId: string, residentId: string): Promise<boolean> => {
  const rows = await tx
    .delete(seriesStandings)
    .where(and(eq(seriesStandings.seriesId, seriesId), eq(seriesStandings.residentId, residentId)))
    .returning({ seriesId: seriesStandings.seriesId });
  return rows.length === 1;
};

/** The series that live and that this resident wrote, or comes to each time (or is asked to), the latest first. */
export const listSeriesOf = async (db: Reads, residentId: string): Promise<string[]> => {
  const rows = await db
    .select({ id: series.id })
    .from(series)
    .where(
      and(
        isNull(series.endedAt),
        gt(series.until, sql`now() - interval '1 day'`),
        sql`(${series.authorId} = ${residentId} or ${series.id} in (select t.series_id from series_standings t where t.resident_id = ${residentId}))`,
      ),
    )
    .orderBy(sql`${series.createdAt} desc`)
    .limit(50);
  return rows.map(({ id }) => id);
};

/** Whether this resident holds, or did, a favour of one of the dates. */
export const hasHelped = async (tx: Transaction, seriesId: string, residentId: string): Promise<boolean> => {
  const [row] = await tx
    .select({ id: favours.id })
    .from(favours)
    .innerJoin(posts, eq(posts.id, favours.postId))
    .where(
      and(
        eq(posts.seriesId, seriesId),
        eq(favours.acceptedBy, residentId),
        inArray(favours.state, ['accepted', 'done']),
      ),
    )
    .limit(1);
  return row !== undefined;
};
