import { type Database, schema, type Transaction } from '@palier/db';
import type { PlannedStep, TellingStep } from '@palier/domain/matching';
import { and, asc, eq, gt, inArray, isNull, lte, notInArray, sql } from 'drizzle-orm';

const { asks, posts, ringSteps, tellings } = schema;

/** Locks the telling of a post until the end of the transaction, so that one at a time tells of it; undefined before its first plan. */
export const lockTelling = async (tx: Transaction, postId: string) => {
  const [row] = await tx.select().from(tellings).where(eq(tellings.postId, postId)).for('update');
  return row;
};

/** Begins the telling of a post, and locks it; it keeps when it first opened. */
export const beginTelling = async (tx: Transaction, postId: string, now: Date, chaseAt: Date | null): Promise<Date> => {
  const [row] = await tx
    .insert(tellings)
    .values({ postId, openedAt: now, chaseAt })
    .onConflictDoUpdate({ target: tellings.postId, set: { chaseAt } })
    .returning({ openedAt: tellings.openedAt });
  return row?.openedAt ?? now;
};

/** Plans steps: new ones are added, waiting ones may only come earlier, and those that the post no longer reaches are dropped. */
export const planTelling = async (tx: Transaction, postId: string, steps: readonly PlannedStep[]): Promise<void> => {
  const kept = steps.map(({ step }) => step);
  await tx
    .delete(ringSteps)
    .where(and(eq(ringSteps.postId, postId), isNull(ringSteps.doneAt), notInArray(ringSteps.step, kept)));
  await tx
    .insert(ringSteps)
    .values(steps.map((step) => ({ postId, ...step })))
    .onConflictDoUpdate({
      target: [ringSteps.postId, ringSteps.step],
      set: { dueAt: sql`least(ring_steps.due_at, excluded.due_at)` },
      setWhere: isNull(ringSteps.doneAt),
    });
};

/** Ends the telling of a post that is over. */
export const endTelling = async (tx: Transaction, postId: string): Promise<void> => {
  await tx.delete(ringSteps).where(and(eq(ringSteps.postId, postId), isNull(ringSteps.doneAt)));
  await tx.update(tellings).set({ chaseAt: null }).where(eq(tellings.postId, postId));
};

export const listSteps = (db: Database | Transaction, postId: string) =>
  db.select().from(ringSteps).where(eq(ringSteps.postId, postId)).orderBy(asc(ringSteps.step));
export type RingStep = Awaited<ReturnType<typeof listSteps>>[number];

/** Steps that are due, of posts that are open; the longest due first, rings in their order. */
export const listDueSteps = (db: Database, now: Date, limit: number) =>
  db
    .select({ postId: ringSteps.postId, step: ringSteps.step })
    .from(ringSteps)
    .innerJoin(posts, eq(posts.id, ringSteps.postId))
    .where(and(isNull(ringSteps.doneAt), lte(ringSteps.dueAt, now), eq(posts.state, 'open'), gt(posts.expiresAt, now)))
    .orderBy(asc(ringSteps.dueAt), asc(ringSteps.step))
    .limit(limit);

/** A step that is due and not done yet. */
export const findDueStep = async (tx: Transaction, postId: string, step: TellingStep, now: Date) => {
  const [row] = await tx
    .select()
    .from(ringSteps)
    .where(
      and(eq(ringSteps.postId, postId), eq(ringSteps.step, step), isNull(ringSteps.doneAt), lte(ringSteps.dueAt, now)),
    );
  return row;
};

/** Counts whom a step told, and ends it, or has it wait until `again` for those asleep. */
export const claimStep = async (
  tx: Transaction,
  { postId, step }: { postId: string; step: TellingStep },
  told: number,
  now: Date,
  again: Date | null,
): Promise<void> => {
  await tx
    .update(ringSteps)
    .set({ told: sql`told + ${told}`, ...(again ? { dueAt: again } : { doneAt: now }) })
    .where(and(eq(ringSteps.postId, postId), eq(ringSteps.step, step), isNull(ringSteps.doneAt)));
};

/** Puts off waiting steps. */
export const putOffSteps = async (tx: Transaction, postId: string, later: readonly PlannedStep[]): Promise<void> => {
  for (const { step, dueAt } of later)
    await tx
      .update(ringSteps)
      .set({ dueAt })
      .where(and(eq(ringSteps.postId, postId), eq(ringSteps.step, step), isNull(ringSteps.doneAt)));
};

/** Makes a waiting step due now; false when it is due or done already. */
export const claimWiden = async (tx: Transaction, postId: string, step: TellingStep, now: Date): Promise<boolean> => {
  const rows = await tx
    .update(ringSteps)
    .set({ dueAt: now })
    .where(
      and(eq(ringSteps.postId, postId), eq(ringSteps.step, step), isNull(ringSteps.doneAt), gt(ringSteps.dueAt, now)),
    )
    .returning({ step: ringSteps.step });
  return rows.length === 1;
};

/** How often each of these was told on the given day of their own clocks. */
export const listToldOn = async (
  tx: Transaction,
  days: readonly { id: string; day: string }[],
): Promise<Map<string, number>> => {
  const { rows } = await tx.execute<{ id: string; told: number }>(sql`
    select k.resident_id as id, k.told from ask_days k join jsonb_to_recordset(${JSON.stringify(days)}::jsonb) as d(id uuid, day date)
      on k.resident_id = d.id and k.day = d.day`);
  return new Map(rows.map((row) => [row.id, row.told]));
};

/** Takes one of each person's asks of their day, in the order of their ids; answers who had one left. */
export const claimAskDays = async (
  tx: Transaction,
  days: readonly { id: string; day: string }[],
): Promise<Set<string>> => {
  const { rows } = await tx.execute<{ resident_id: string }>(sql`
    insert into ask_days (resident_id, day, told)
    select d.id, d.day, 1 from jsonb_to_recordset(${JSON.stringify(days)}::jsonb) as d(id uuid, day date) join residents r on r.id = d.id
    where r.asks_per_day > 0 order by d.id
    on conflict (resident_id, day) do update set told = ask_days.told + 1
      where ask_days.told < (select r.asks_per_day from residents r where r.id = ask_days.resident_id)
    returning resident_id`);
  return new Set(rows.map((row) => row.resident_id));
};

/** Writes who is told of a post; answers those who were not before. */
export const insertAsks = async (
  tx: Transaction,
  { postId, step }: { postId: string; step: TellingStep },
  residentIds: readonly string[],
  now: Date,
): Promise<Set<string>> => {
  if (residentIds.length === 0) return new Set();
  const rows = await tx
    .insert(asks)
    .values(residentIds.map((residentId) => ({ postId, residentId, step, at: now })))
    .onConflictDoNothing()
    .returning({ residentId: asks.residentId });
  return new Set(rows.map(({ residentId }) => residentId));
};

/** Posts whose author is to be asked whether they still hold: they look for somebody, and the time has come. */
export const listDueChases = (db: Database, now: Date, limit: number) =>
  db
    .select({ postId: tellings.postId })
    .from(tellings)
    .innerJoin(posts, eq(posts.id, tellings.postId))
    .where(
      and(isNull(tellings.chasedAt), lte(tellings.chaseAt, now), eq(posts.state, 'open'), gt(posts.expiresAt, now)),
    )
    .orderBy(asc(tellings.chaseAt))
    .limit(limit);

/** Marks an author asked, or puts it off until the morning. */
export const claimChase = async (tx: Transaction, postId: string, now: Date, again: Date | null): Promise<boolean> => {
  const rows = await tx
    .update(tellings)
    .set(again ? { chaseAt: again } : { chasedAt: now })
    .where(and(eq(tellings.postId, postId), isNull(tellings.chasedAt), lte(tellings.chaseAt, now)))
    .returning({ postId: tellings.postId });
  return rows.length === 1;
};

/** Open posts that no plan was ever made for, as the demo's are. */
export const listUnplanned = async (db: Database, now: Date, limit: number): Promise<string[]> => {
  const { rows } = await db.execute<{ id: string }>(sql`
    select p.id from posts p where p.state = 'open' and p.expires_at > ${now.toISOString()} and not exists (select from tellings t where t.post_id = p.id)
    order by p.created_at limit ${limit}`);
  return rows.map(({ id }) => id);
};

/** The account of a post's author, if they have one. */
export const findAuthorAccount = async (tx: Transaction, authorId: string): Promise<string | null> => {
  const [row] = await tx
    .select({ accountId: schema.residents.accountId })
    .from(schema.residents)
    .where(inArray(schema.residents.id, [authorId]));
  return row?.accountId ?? null;
};

/** Whether the author of a post is being asked whether it still holds, and has not answered. */
export const isChased = async (db: Database, postId: string, now: Date): Promise<boolean> => {
  const rows = await db
    .select({ postId: tellings.postId })
    .from(tellings)
    .where(and(eq(tellings.postId, postId), lte(tellings.chaseAt, now)));
  return rows.length > 0;
};

/** How a post ended, whether somebody had said yes to it, and its author's account, if they have one. */
export const findEnd = async (tx: Transaction, postId: string) => {
  const [row] = await tx
    .select({
      accountId: schema.residents.accountId,
      endReason: posts.endReason,
      wasAnswered: sql<boolean>`exists (select from favours f where f.post_id = ${posts.id} and f.state = 'released')`,
    })
    .from(posts)
    .innerJoin(schema.residents, eq(schema.residents.id, posts.authorId))
    .where(eq(posts.id, postId));
  return row;
};

/** Asks the author again at that instant whether a post still holds, or, null, not any more. */
export const chaseAgain = async (tx: Transaction, postId: string, chaseAt: Date | null): Promise<void> => {
  await tx.update(tellings).set({ chaseAt, chasedAt: null }).where(eq(tellings.postId, postId));
};
