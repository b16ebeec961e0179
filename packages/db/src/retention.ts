import { and, inArray, isNull, lt, lte, ne, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { type Database, inTransaction } from './client.ts';
import { erasedTitle } from './data-map.ts';
import * as schema from './schema/index.ts';
import { watchAs } from './watch-wall.ts';

const {
  sessions,
  emailTokens,
  emailChanges,
  answers,
  attempts,
  notifications,
  asks,
  askDays,
  roleGrants,
  posts,
  postBeneficiaries,
  favours,
  series,
  residenceNotices,
  residenceMoves,
  pushSubscriptions,
  pushes,
  digests,
  actingSessions,
  hallScreens,
  postCopies,
  conversations,
  sharedDoors,
  cases,
  kitCounters,
  watchPeople,
  watchReaders,
  watchReadings,
  watchReaderGrants,
  watchVolunteers,
  watchChecks,
  watchRounds,
} = schema;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How long something is kept and what is done then (privacy.md, Accounts). */
export type Term = {
  /** What it is about, as the log of the sweep calls it. */
  readonly name: string;
  readonly table: PgTable;
  /** The rows whose time is up; those already emptied are not among them. */
  readonly isDue: (now: Date) => SQL | undefined;
  readonly does: 'delete' | Readonly<Record<string, unknown>>;
};

const older = (column: PgColumn, ms: number) => (now: Date) => lt(column, new Date(now.getTime() - ms));
const yearMs = 365 * dayMs;
const isClosed = inArray(posts.state, ['done', 'withdrawn', 'expired', 'removed']);
const isEnded = inArray(favours.state, ['done', 'withdrawn', 'declined', 'no-show', 'released']);

/** Every term that the daily sweep keeps: add a line for whatever holds people’s words, addresses or habits. Events of the stream, mail files and photos have sweeps of their own. */
export const terms: readonly Term[] = [
  {
    name: 'cases',
    table: cases,
    isDue: (now) => and(inArray(cases.state, ['closed']), lt(cases.updatedAt, new Date(now.getTime() - yearMs))),
    does: 'delete',
  },
  { name: 'sessions', table: sessions, isDue: older(sessions.expiresAt, 0), does: 'delete' },
  { name: 'links', table: emailTokens, isDue: older(emailTokens.expiresAt, 0), does: 'delete' },
  { name: 'changes of address', table: emailChanges, isDue: older(emailChanges.askedAt, 30 * dayMs), does: 'delete' },
  { name: 'answers', table: answers, isDue: older(answers.createdAt, dayMs), does: 'delete' },
  { name: 'attempts', table: attempts, isDue: older(attempts.windowStart, 2 * dayMs), does: 'delete' },
  { name: 'notifications', table: notifications, isDue: older(notifications.createdAt, 90 * dayMs), does: 'delete' },
  { name: 'devices', table: pushSubscriptions, isDue: older(pushSubscriptions.usedAt, 90 * dayMs), does: 'delete' },
  { name: 'pushes', table: pushes, isDue: older(pushes.dueAt, 30 * dayMs), does: 'delete' },
  { name: 'daily mails', table: digests, isDue: older(digests.dueAt, 30 * dayMs), does: 'delete' },
  {
    name: 'doors',
    table: sharedDoors,
    isDue: (now) =>
      sql`not exists (select from favours f where f.id = ${sharedDoors.favourId} and (f.state = 'accepted' or (f.state = 'done' and f.ended_at > ${new Date(now.getTime() - dayMs).toISOString()})))`,
    does: 'delete',
  },
  {
    name: 'conversations',
    table: conversations,
    isDue: (now) =>
      sql`not exists (select from favours f where f.post_id = ${conversations.postId} and (f.state in ('standby', 'accepted') or f.updated_at > ${new Date(now.getTime() - yearMs).toISOString()}))`,
    does: 'delete',
  },
  {
    name: 'people of the watch',
    table: watchPeople,
    isDue: (now) => or(older(watchPeople.withdrawnAt, 0)(now), older(watchPeople.lapsesAt, 0)(now)),
    does: 'delete',
  },
  {
    name: 'readers of the watch',
    table: watchReaders,
    isDue: (now) =>
      or(...[watchReaders.endsAt, watchReaders.refusedAt, watchReaders.endedAt].map((at) => older(at, yearMs)(now))),
    does: 'delete',
  },
  { name: 'readings of the watch', table: watchReadings, isDue: older(watchReadings.at, yearMs), does: 'delete' },
  {
    name: 'who could be a reader',
    table: watchReaderGrants,
    isDue: (now) => or(older(watchReaderGrants.endsAt, yearMs)(now), older(watchReaderGrants.endedAt, yearMs)(now)),
    does: 'delete',
  },
  { name: 'volunteers', table: watchVolunteers, isDue: older(watchVolunteers.endedAt, yearMs), does: 'delete' },
  { name: 'checks of the watch', table: watchChecks, isDue: older(watchChecks.dueAt, 90 * dayMs), does: 'delete' },
  { name: 'rounds of the watch', table: watchRounds, isDue: older(watchRounds.closedAt, 90 * dayMs), does: 'delete' },
  {
    name: 'counts of kits written',
    table: kitCounters,
    isDue: older(kitCounters.writtenAt, 7 * dayMs),
    does: 'delete',
  },
  { name: 'asks', table: asks, isDue: older(asks.at, 90 * dayMs), does: 'delete' },
  {
    name: 'days of asks',
    table: askDays,
    isDue: (now) => lte(askDays.day, new Date(now.getTime() - 7 * dayMs).toISOString().slice(0, 10)),
    does: 'delete',
  },
  { name: 'roles', table: roleGrants, isDue: older(roleGrants.revokedAt, yearMs), does: 'delete' },
  { name: 'moves', table: residenceMoves, isDue: older(residenceMoves.movedAt, yearMs), does: 'delete' },
  { name: 'notices', table: residenceNotices, isDue: older(residenceNotices.endsAt, yearMs), does: 'delete' },
  { name: 'acting for someone', table: actingSessions, isDue: older(actingSessions.openedAt, yearMs), does: 'delete' },
  { name: 'screens', table: hallScreens, isDue: older(hallScreens.revokedAt, yearMs), does: 'delete' },
  {
    name: 'relatives in copy',
    table: postCopies,
    isDue: (now) =>
      or(
        and(isNull(postCopies.confirmedAt), older(postCopies.createdAt, 7 * dayMs)(now)),
        inArray(
          postCopies.postId,
          sql`(select id from ${posts} where ${and(isClosed, older(posts.updatedAt, 30 * dayMs)(now))}
            and not exists (select from ${series} s where s.id = ${posts.seriesId} and s.ended_at is null and s.until > ${new Date(now.getTime() - 30 * dayMs).toISOString()}))`,
        ),
      ),
    does: 'delete',
  },
  {
    name: 'people asked for',
    table: postBeneficiaries,
    isDue: (now) =>
      inArray(
        postBeneficiaries.postId,
        sql`(select id from ${posts} where ${and(isClosed, older(posts.updatedAt, yearMs)(now))})`,
      ),
    does: 'delete',
  },
  {
    name: 'texts of posts',
    table: posts,
    isDue: (now) =>
      and(isClosed, older(posts.updatedAt, yearMs)(now), or(ne(posts.title, erasedTitle), ne(posts.details, ''))),
    does: { title: erasedTitle, details: '' },
  },
  {
    name: 'texts of series',
    table: series,
    isDue: (now) =>
      and(older(series.endedAt, yearMs)(now), sql`(${series.title} is not null or ${series.details} is not null)`),
    does: { title: null, details: null },
  },
  {
    name: 'texts of favours',
    table: favours,
    isDue: (now) =>
      and(isEnded, older(favours.updatedAt, yearMs)(now), or(ne(favours.note, ''), sql`${favours.thanks} is not null`)),
    does: { note: '', thanks: null, thankedAt: null },
  },
];

const batch = 1_000;
const batchesMax = 2_000;

/** Does what is due by one term, a thousand rows at a time; resolves with how many rows it was. */
export const applyTerm = async (db: Database, term: Term, now: Date): Promise<number> => {
  const { table, does } = term;
  let changed = 0;
  for (let n = 0; n < batchesMax; n++) {
    const due = sql`ctid = any(array(select ctid from ${table} where ${term.isDue(now)} limit ${batch}))`;
    const { rowCount } = await inTransaction(db, async (tx) => {
      await watchAs(tx, 'house', now);
      return does === 'delete' ? tx.delete(table).where(due) : tx.update(table).set(does).where(due);
    });
    changed += rowCount ?? 0;
    if ((rowCount ?? 0) < batch) break;
  }
  return changed;
};
