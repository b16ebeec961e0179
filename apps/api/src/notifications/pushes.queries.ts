import { clientOf, type Database, schema, type Transaction } from '@palier/db';
import { and, asc, count, eq, inArray, isNull, lt, lte, notInArray, sql } from 'drizzle-orm';
import { noticeColumns } from './list.queries.ts';

const { accounts, notifications, posts, pushes, pushSubscriptions } = schema;

const preparePushable = (db: Database) =>
  db
    .select({ notice: { ...noticeColumns, accountId: notifications.accountId }, urgentUntil: posts.urgentUntil })
    .from(notifications)
    .leftJoin(posts, eq(posts.id, notifications.postId))
    .where(eq(notifications.id, sql.placeholder('notificationId')))
    .prepare('find_pushable');

const prepared = new WeakMap<Database, ReturnType<typeof preparePushable>>();

/** A notification that may be pushed, with whether the post it speaks of is urgent until later; prepared, since each is looked at once it is written. */
export const findPushable = async (db: Database, notificationId: string) => {
  const statement = prepared.get(db) ?? preparePushable(db);
  prepared.set(db, statement);
  const [row] = await statement.execute({ notificationId });
  return row;
};

type Device = { id: string; endpoint: string; p256dh: string; auth: string };
const devicesOf = {
  name: 'devices_of_account',
  text: 'select id, endpoint, p256dh, auth from push_subscriptions where account_id = $1 order by created_at',
};

/** The devices of an account. */
export const listDevices = async (db: Database | Transaction, accountId: string): Promise<Device[]> => {
  const { rows } = await clientOf(db).query<Device>({ ...devicesOf, values: [accountId] });
  return rows;
};

/** How many pushes that count an account got on a day; locks the account, so that those at the same time count each other. */
export const countPushes = async (tx: Transaction, accountId: string, day: string): Promise<number> => {
  await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, accountId)).for('no key update');
  const [row] = await tx
    .select({ n: count() })
    .from(pushes)
    .where(
      and(eq(pushes.accountId, accountId), eq(pushes.day, day), eq(pushes.isCounted, true), isNull(pushes.droppedAt)),
    );
  return row?.n ?? 0;
};

type PushRow = typeof pushes.$inferInsert;

/** Puts a push off until `dueAt`; one that ended stays ended. */
export const deferPush = async (tx: Transaction, row: PushRow): Promise<void> => {
  await tx
    .insert(pushes)
    .values(row)
    .onConflictDoUpdate({
      target: pushes.notificationId,
      set: { dueAt: row.dueAt },
      setWhere: sql`${pushes.sentAt} is null and ${pushes.droppedAt} is null`,
    });
};

/** Takes a push that is due to send it, until `leaseUntil`; answers which attempt it is, undefined when it ended or another has it. */
export const claimPush = async (tx: Transaction, row: PushRow, now: Date, leaseUntil: Date) => {
  const [claimed] = await tx
    .insert(pushes)
    .values({ ...row, dueAt: leaseUntil, attempts: 1 })
    .onConflictDoUpdate({
      target: pushes.notificationId,
      set: { dueAt: leaseUntil, attempts: sql`${pushes.attempts} + 1`, isCounted: row.isCounted, day: row.day },
      setWhere: and(isNull(pushes.sentAt), isNull(pushes.droppedAt), lte(pushes.dueAt, now)) ?? sql`false`,
    })
    .returning({ attempts: pushes.attempts });
  return claimed?.attempts;
};

/** Writes how a push ended, or when it is tried again. */
export const settlePush = async (
  db: Database | Transaction,
  notificationId: string,
  change: Partial<Pick<PushRow, 'sentAt' | 'droppedAt' | 'dueAt'>>,
): Promise<void> => {
  await db
    .update(pushes)
    .set(change)
    .where(and(eq(pushes.notificationId, notificationId), isNull(pushes.sentAt), isNull(pushes.droppedAt)));
};

/** Pushes whose hour has come. */
export const listDuePushes = (db: Database, now: Date, limit: number) =>
  db
    .select({ notificationId: pushes.notificationId })
    .from(pushes)
    .where(and(isNull(pushes.sentAt), isNull(pushes.droppedAt), lte(pushes.dueAt, now)))
    .orderBy(asc(pushes.dueAt))
    .limit(limit);

export const deleteDevices = async (db: Database, ids: readonly string[]): Promise<void> => {
  if (ids.length > 0) await db.delete(pushSubscriptions).where(inArray(pushSubscriptions.id, [...ids]));
};

/** Remembers that devices took a push, once a day at most. */
export const touchDevices = async (db: Database, ids: readonly string[], now: Date): Promise<void> => {
  if (ids.length === 0) return;
  await db
    .update(pushSubscriptions)
    .set({ usedAt: now })
    .where(
      and(inArray(pushSubscriptions.id, [...ids]), lt(pushSubscriptions.usedAt, new Date(now.getTime() - 86_400_000))),
    );
};

/** Keeps a device for an account: a browser that was another's is now this one's; beyond `most` the oldest go. */
export const keepDevice = async (
  tx: Transaction,
  row: typeof pushSubscriptions.$inferInsert,
  most: number,
): Promise<void> => {
  const { accountId, sessionId, p256dh, auth, usedAt } = row;
  await tx
    .insert(pushSubscriptions)
    .values(row)
    .onConflictDoUpdate({ target: pushSubscriptions.endpoint, set: { accountId, sessionId, p256dh, auth, usedAt } });
  const newest = tx
    .select({ id: pushSubscriptions.id })
    .from(pushSubscriptions)
    .where(eq(pushSubscriptions.accountId, accountId))
    .orderBy(sql`${pushSubscriptions.createdAt} desc, ${pushSubscriptions.id} desc`)
    .limit(most);
  await tx
    .delete(pushSubscriptions)
    .where(and(eq(pushSubscriptions.accountId, accountId), notInArray(pushSubscriptions.id, newest)));
};

/** Forgets a device of this account. */
export const forgetDevice = async (tx: Transaction, accountId: string, endpoint: string): Promise<void> => {
  await tx
    .delete(pushSubscriptions)
    .where(and(eq(pushSubscriptions.accountId, accountId), eq(pushSubscriptions.endpoint, endpoint)));
};
