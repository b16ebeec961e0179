import { clientOf, type Database, schema, type Transaction } from '@palier/db';
import type { PlannedStep, TellingStep } from '@palier/domain/matching';
import { and, asc, eq, gt, inArray, isNull, lte, sql } from 'drizzle-orm';

const { posts, ringSteps, tellings } = schema;

const locking = {
  name: 'telling_lock',
  text: 'select chase_at as "chaseAt", chased_at as "chasedAt" from tellings where post_id = $1 for update',
};

/** Locks the telling of a post until the end of the transaction, so that one at a time tells of it; undefined before its first plan. */
export const lockTelling = async (
  tx: Transaction,
  postId: string,
): Promise<{ chaseAt: Date | null; chasedAt: Date | null } | undefined> =>
  (await clientOf(tx).query<{ chaseAt: Date | null; chasedAt: Date | null }>({ ...locking, values: [postId] })).rows[0];

const beginning = {
  name: 'telling_begin',
  text: `insert into tellings (post_id, opened_at, chase_at) values ($1, $2, $3)
    on conflict (post_id) do update set chase_at = excluded.chase_at returning opened_at as "openedAt"`,
};

/** Begins the telling of a post, and locks it; it keeps when it first opened. */
export const beginTelling = async (tx: Transaction, postId: string, now: Date, chaseAt: Date | null): Promise<Date> => {
  const { rows } = await clientOf(tx).query<{ openedAt: Date }>({ ...beginning, values: [postId, now, chaseAt] });
  return rows[0]?.openedAt ?? now;
};

const planning = {
  name: 'telling_plan',
  text: `with dropped as (delete from ring_steps where post_id = $1 and done_at is null and step <> all($2::telling_step[]))
    insert into ring_steps (post_id, step, due_at) select $1, s.step, s.due_at from unnest($2::telling_step[], $3::timestamptz[]) as s(step, due_at)
    on conflict (post_id, step) do update set due_at = least(ring_steps.due_at, excluded.due_at) where ring_steps.done_at is null
    returning step, due_at as "dueAt"`,
};

/** Plans steps: new ones are added, waiting ones may only come earlier, and those that the post no longer reaches are dropped. Answers those that wait now. */
export const planTelling = async (
  tx: Transaction,
  postId: string,
  steps: readonly PlannedStep[],
): Promise<PlannedStep[]> => {
  const values = [postId, steps.map(({ step }) => step), steps.map(({ dueAt }) => dueAt)];
  return (await clientOf(tx).query<PlannedStep>({ ...planning, values })).rows;
};

/** Ends the telling of a post that is over. */
export const endTelling = async (tx: Transaction, postId: string): Promise<void> => {
  await tx.delete(ringSteps).where(and(eq(ringSteps.postId, postId), isNull(ringSteps.doneAt)));
  await tx.update(tellings).set({ chaseAt: null }).where(eq(tellings.postId, postId));
};

/** A step of a post: since when it is done, and how many it told. */
export type RingStep = PlannedStep & { doneAt: Date | null; told: number };

const steps = {
  name: 'telling_steps',
  text: 'select step, due_at as "dueAt", done_at as "doneAt", told from ring_steps where post_id = $1 order by ring_steps.step',
};

/** The steps of a post, in their order. */
export const listSteps = async (db: Database | Transaction, postId: string): Promise<RingStep[]> =>
  (await clientOf(db).query<RingStep>({ ...steps, values: [postId] })).rows;

/** Steps that are due, of posts that are open; the longest due first, rings in their order. */
export const listDueSteps = (db: Database, now: Date, limit: number) =>
  db
    .select({ postId: ringSteps.postId, step: ringSteps.step })
    .from(ringSteps)
    .innerJoin(posts, eq(posts.id, ringSteps.postId))
    .where(and(isNull(ringSteps.doneAt), lte(ringSteps.dueAt, now), eq(posts.state, 'open'), gt(posts.expiresAt, now)))
    .orderBy(asc(ringSteps.dueAt), asc(ringSteps.step))
    .limit(limit);

const dueStep = {
  name: 'telling_due',
  text: 'select told from ring_steps where post_id = $1 and step = $2::telling_step and done_at is null and due_at <= $3::timestamptz',
};

/** How many a step told already that is due and not done yet; null when it is not. */
export const findDueStep = async (
  tx: Transaction,
  postId: string,
  step: TellingStep,
  now: Date,
): Promise<{ told: number } | undefined> =>
  (await clientOf(tx).query<{ told: number }>({ ...dueStep, values: [postId, step, now] })).rows[0];

const ending = {
  name: 'telling_step_told',
  text: `update ring_steps set told = told + $3::int, due_at = coalesce($5::timestamptz, due_at), done_at = case when $5::timestamptz is null then $4::timestamptz end
    where post_id = $1 and step = $2::telling_step and done_at is null`,
};

/** Counts whom a step told, and ends it, or has it wait until `again` for those asleep. */
export const claimStep = async (
  tx: Transaction,
  { postId, step }: { postId: string; step: TellingStep },
  told: number,
  now: Date,
  again: Date | null,
): Promise<void> => {
  await clientOf(tx).query({ ...ending, values: [postId, step, told, now, again] });
};

const puttingOff = {
  name: 'telling_put_off',
  text: `update ring_steps r set due_at = s.due_at from unnest($2::telling_step[], $3::timestamptz[]) as s(step, due_at)
    where r.post_id = $1 and r.step = s.step and r.done_at is null`,
};

/** Puts off waiting steps. */
export const putOffSteps = async (tx: Transaction, postId: string, later: readonly PlannedStep[]): Promise<void> => {
  if (later.length === 0) return;
  const values = [postId, later.map(({ step }) => step), later.map(({ dueAt }) => dueAt)];
  await clientOf(tx).query({ ...puttingOff, values });
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
