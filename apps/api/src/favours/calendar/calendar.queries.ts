import { type Database, schema, type Transaction } from '@palier/db';
import { and, asc, eq, gt, isNotNull, isNull, ne, sql } from 'drizzle-orm';

const { accounts, calendarFeeds, favours, posts, residents, series } = schema;
type Reads = Database | Transaction;
const eventsMax = 500;

/** Keeps the hash of a resident's secret address: one at a time, the last. */
export const keepFeed = async (tx: Transaction, residentId: string, tokenHash: string, now: Date): Promise<void> => {
  const row = { tokenHash, createdAt: now };
  await tx
    .insert(calendarFeeds)
    .values({ residentId, ...row })
    .onConflictDoUpdate({ target: calendarFeeds.residentId, set: row });
};

export const deleteFeed = async (tx: Transaction, residentId: string): Promise<void> => {
  await tx.delete(calendarFeeds).where(eq(calendarFeeds.residentId, residentId));
};

export const findFeed = async (db: Reads, residentId: string) => {
  const [row] = await db
    .select({ createdAt: calendarFeeds.createdAt })
    .from(calendarFeeds)
    .where(eq(calendarFeeds.residentId, residentId));
  return row ?? null;
};

/** Whose calendar a secret opens, and in which language; undefined when it opens nobody's. */
export const findFeedOwner = async (db: Reads, tokenHash: string) => {
  const [row] = await db
    .select({ residentId: residents.id, locale: accounts.locale })
    .from(calendarFeeds)
    .innerJoin(residents, eq(residents.id, calendarFeeds.residentId))
    .innerJoin(accounts, eq(accounts.id, residents.accountId))
    .where(eq(calendarFeeds.tokenHash, tokenHash));
  return row;
};

const post = {
  id: posts.id,
  kind: posts.kind,
  category: posts.category,
  state: posts.state,
  seriesId: posts.seriesId,
  from: sql<Date>`${posts.windowFrom}`.mapWith(posts.windowFrom),
  to: sql<Date>`${posts.windowTo}`.mapWith(posts.windowTo),
};

/** The dated posts of an author that end after an instant, with how many said yes. */
export const listOwnDates = (db: Reads, authorId: string, after: Date) =>
  db
    .select({ post, taken: posts.taken, updatedAt: posts.updatedAt })
    .from(posts)
    .where(
      and(
        eq(posts.authorId, authorId),
        isNotNull(posts.windowFrom),
        gt(posts.windowTo, after),
        ne(posts.state, 'held'),
      ),
    )
    .orderBy(asc(posts.windowFrom), asc(posts.updatedAt))
    .limit(eventsMax);

/** The dated favours that a resident said yes to and that end after an instant; who only stands by has nothing to note. */
export const listAnsweredDates = (db: Reads, residentId: string, after: Date) =>
  db
    .select({ id: favours.id, state: favours.state, post, updatedAt: favours.updatedAt })
    .from(favours)
    .innerJoin(posts, eq(posts.id, favours.postId))
    .where(
      and(
        eq(favours.acceptedBy, residentId),
        isNotNull(posts.windowFrom),
        gt(posts.windowTo, after),
        ne(favours.state, 'standby'),
      ),
    )
    .orderBy(asc(posts.windowFrom), asc(favours.id))
    .limit(eventsMax);

/** The living series of an author. */
export const listLivingSeries = (db: Reads, authorId: string, now: Date) =>
  db
    .select()
    .from(series)
    .where(and(eq(series.authorId, authorId), isNull(series.endedAt), gt(series.until, now)))
    .limit(50);
