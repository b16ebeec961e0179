import { type Database, schema, type Transaction } from '@palier/db';
import { type DigestState, defaultChoices } from '@palier/domain/notifications';
import { and, asc, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import { noticeColumns } from './list.queries.ts';

const { digests, notifications, residences } = schema;

/** The communes that residences stand in: what calendars there are to keep. */
export const listCommunes = async (db: Database): Promise<string[]> =>
  (await db.selectDistinct({ commune: residences.commune }).from(residences)).map(({ commune }) => commune);

/**
 * Opens the day of every account of these communes (`isElsewhere`: and of those without a residence) whose hour has come: `waiting` when something new waits unread, else `nothing`,
 * so that what comes after the hour is for the next day. A day is opened once. Answers how many were.
 */
export const openDays = async (
  db: Database,
  {
    communes,
    isElsewhere,
    day,
    hour,
    now,
  }: { communes: readonly string[]; isElsewhere: boolean; day: string; hour: number; now: Date },
): Promise<number> => {
  const { rowCount } = await db.execute(sql`
    insert into digests (account_id, day, state, due_at, ended_at)
    select a.id, ${day}::date,
      (case when w.waits then 'waiting' else 'nothing' end)::digest_state, ${now.toISOString()}, case when w.waits then null else ${now.toISOString()}::timestamptz end
    from accounts a
    left join residents r on r.account_id = a.id
    left join residences e on e.id = r.residence_id
    left join notice_choices c on c.account_id = a.id
    cross join lateral (select exists (
      select from notifications n where n.account_id = a.id and n.read_at is null and n.mailed_at is null) as waits) w
    where a.email_confirmed_at is not null
      and case when c.account_id is null then ${defaultChoices.mailHour}::int else c.mail_hour end <= ${hour}
      and (e.commune in (select jsonb_array_elements_text(${JSON.stringify(communes)}::jsonb)) or (${isElsewhere} and e.commune is null))
      and not exists (select from digests d where d.account_id = a.id and d.day = ${day}::date)
    on conflict do nothing`);
  return rowCount ?? 0;
};

export type OpenDigest = { accountId: string; day: string };

/** Takes one day's e-mail that waits, for `leaseMs`; another process takes another. */
export const claimDigest = async (db: Database, now: Date, leaseMs: number): Promise<OpenDigest | undefined> => {
  const { rows } = await db.execute<OpenDigest>(sql`
    update digests set lease_until = ${new Date(now.getTime() + leaseMs).toISOString()}
    where (account_id, day) = (
      select account_id, day from digests where state = 'waiting' and (lease_until is null or lease_until <= ${now.toISOString()})
      order by due_at, account_id for update skip locked limit 1)
    returning account_id as "accountId", day::text as day`);
  return rows[0];
};

const isOne = ({ accountId, day }: OpenDigest) => and(eq(digests.accountId, accountId), eq(digests.day, day));

/** Moves one day's e-mail from one state to another; false when it is no longer there. */
export const claimDigestState = async (
  tx: Database | Transaction,
  one: OpenDigest,
  from: DigestState,
  change: Partial<Omit<typeof digests.$inferInsert, 'accountId' | 'day'>>,
): Promise<boolean> => {
  const rows = await tx
    .update(digests)
    .set(change)
    .where(and(isOne(one), eq(digests.state, from)))
    .returning({ day: digests.day });
  return rows.length === 1;
};

/** What was being handed over when its process was cut is unsure: it is never sent again, and what it said waits for the next day. */
export const endCutDigests = async (db: Database, now: Date): Promise<void> => {
  await db
    .update(digests)
    .set({ state: 'unsure', endedAt: now })
    .where(and(eq(digests.state, 'handing'), lt(digests.leaseUntil, now)));
};

/** What an account was told of, has not read, and was not mailed yet; the oldest first. */
export const listUnmailed = (db: Database, accountId: string, most: number) =>
  db
    .select(noticeColumns)
    .from(notifications)
    .where(and(eq(notifications.accountId, accountId), isNull(notifications.readAt), isNull(notifications.mailedAt)))
    .orderBy(asc(notifications.createdAt), asc(notifications.id))
    .limit(most);

/** Of these posts, those that are urgent now. */
export const listUrgent = async (db: Database, postIds: readonly string[], now: Date): Promise<Set<string>> => {
  if (postIds.length === 0) return new Set();
  const { posts } = schema;
  const rows = await db
    .select({ id: posts.id })
    .from(posts)
    .where(and(inArray(posts.id, [...postIds]), sql`${posts.urgentUntil} > ${now.toISOString()}`));
  return new Set(rows.map(({ id }) => id));
};

/** Remembers that notices were mailed. */
export const markMailed = async (tx: Transaction, ids: readonly string[], now: Date): Promise<void> => {
  if (ids.length > 0)
    await tx
      .update(notifications)
      .set({ mailedAt: now })
      .where(inArray(notifications.id, [...ids]));
};
