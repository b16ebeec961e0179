import { type Database, schema, type Transaction } from '@palier/db';
import type { CaseState, ReportFrom } from '@palier/domain/moderation';
import { and, asc, desc, eq, gt, inArray, or, type SQL, sql } from 'drizzle-orm';
import { type Desk, isOnDesk, isOwnCase } from './desk-scope.ts';

const { accounts, cases, decisions, posts, reports, residences, residents } = schema;

const carded = (desk: Desk, now: Date) => ({
  case: cases,
  about: {
    id: residents.id,
    displayName: residents.displayName,
    trust: residents.trust,
    accountId: residents.accountId,
  },
  residence: { id: residences.id, name: residences.name },
  post: {
    id: posts.id,
    kind: posts.kind,
    category: posts.category,
    title: posts.title,
    details: posts.details,
    state: posts.state,
  },
  isOwn: isOwnCase(desk),
  heldBy: sql<
    string | null
  >`case when ${cases.takenUntil} > ${now.toISOString()} and ${cases.takenBy} <> ${desk.accountId} then ${accounts.displayName} end`,
});

const selectCases = (db: Database | Transaction, desk: Desk, now: Date) =>
  db
    .select(carded(desk, now))
    .from(cases)
    .innerJoin(residents, eq(residents.id, cases.aboutId))
    .innerJoin(residences, eq(residences.id, cases.residenceId))
    .leftJoin(posts, eq(posts.id, cases.postId))
    .leftJoin(accounts, eq(accounts.id, cases.takenBy));
export type CaseRow = Awaited<ReturnType<typeof selectCases>>[number];

const waiting: readonly CaseState[] = ['open', 'appealed'];

/** The cases of a desk but the reader's own: what waits, the oldest first, or what was decided, the newest first. */
export const listCaseRows = (
  db: Database | Transaction,
  desk: Desk,
  query: { isWaiting: boolean; after: { at: Date; id: string } | null; limit: number },
  now: Date,
): Promise<CaseRow[]> => {
  const { isWaiting, after, limit } = query;
  const states = isWaiting ? waiting : (['decided', 'closed'] as const);
  const at = isWaiting ? cases.createdAt : cases.updatedAt;
  const tuple = sql`(${at}, ${cases.id})`;
  const from = after && sql`(${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`;
  const beyond = from ? (isWaiting ? sql`${tuple} > ${from}` : sql`${tuple} < ${from}`) : undefined;
  const order = isWaiting ? [asc(at), asc(cases.id)] : [desc(at), desc(cases.id)];
  return selectCases(db, desk, now)
    .where(and(isOnDesk(desk), inArray(cases.state, [...states]), sql`not ${isOwnCase(desk)}`, beyond))
    .orderBy(...order)
    .limit(limit);
};

/** One case of a desk, also the reader's own: who may judge it is the domain's to say. */
export const findCaseRow = async (
  db: Database | Transaction,
  desk: Desk,
  caseId: string,
  now: Date,
): Promise<CaseRow | undefined> => {
  const [row] = await selectCases(db, desk, now).where(and(isOnDesk(desk), eq(cases.id, caseId)));
  return row;
};

/** How many cases wait on a desk. */
export const countWaiting = async (db: Database | Transaction, desk: Desk): Promise<number> => {
  const [row] = await db
    .select({ n: sql<number>`count(*)`.mapWith(Number) })
    .from(cases)
    .innerJoin(residences, eq(residences.id, cases.residenceId))
    .where(and(isOnDesk(desk), inArray(cases.state, [...waiting]), sql`not ${isOwnCase(desk)}`));
  return row?.n ?? 0;
};

export type Reported = ReportFrom & { caseId: string; reason: typeof reports.$inferSelect.reason; text: string };

/** The reports of these cases, with what tells their writers' homes apart; no name. */
export const listReports = (db: Database | Transaction, caseIds: readonly string[]): Promise<Reported[]> =>
  db
    .select({
      caseId: reports.caseId,
      reason: reports.reason,
      text: reports.text,
      at: reports.createdAt,
      reporterId: reports.reporterId,
      residenceId: residents.residenceId,
      stairId: residents.stairId,
      floor: residents.floor,
      joinedAt: residents.joinedAt,
    })
    .from(reports)
    .innerJoin(residents, eq(residents.id, reports.reporterId))
    .where(inArray(reports.caseId, [...caseIds]))
    .orderBy(asc(reports.createdAt), asc(reports.id));

/** The latest decision of a case that is neither an answer to another nor taken back. */
export const findStandingDecision = async (db: Database | Transaction, caseId: string) => {
  const [row] = await db
    .select()
    .from(decisions)
    .where(and(eq(decisions.caseId, caseId), sql`${decisions.kind} not in ('reverse', 'uphold')`))
    .orderBy(desc(decisions.createdAt), desc(decisions.id))
    .limit(1);
  return row;
};
export type StandingDecision = NonNullable<Awaited<ReturnType<typeof findStandingDecision>>>;

/** Moves a case that is still in the state it was seen in; false when somebody was first. */
export const claimCase = async (
  tx: Transaction,
  caseId: string,
  seen: CaseState,
  state: CaseState,
  now: Date,
): Promise<boolean> => {
  const rows = await tx
    .update(cases)
    .set({ state, takenBy: null, takenUntil: null, updatedAt: now })
    .where(and(eq(cases.id, caseId), eq(cases.state, seen)))
    .returning({ id: cases.id });
  return rows.length === 1;
};

/** Shows a case as looked at by this account until then, unless somebody else looks at it. */
export const claimLook = async (
  tx: Transaction,
  caseId: string,
  accountId: string,
  until: Date,
  now: Date,
): Promise<boolean> => {
  const isFree: SQL | undefined = or(
    sql`${cases.takenUntil} is null`,
    sql`${cases.takenUntil} <= ${now.toISOString()}`,
    eq(cases.takenBy, accountId),
  );
  const rows = await tx
    .update(cases)
    .set({ takenBy: accountId, takenUntil: until })
    .where(and(eq(cases.id, caseId), inArray(cases.state, [...waiting]), isFree))
    .returning({ id: cases.id });
  return rows.length === 1;
};

/** How many reports somebody wrote since then. */
export const countReportsSince = async (tx: Transaction, reporterId: string, since: Date): Promise<number> => {
  const [row] = await tx
    .select({ n: sql<number>`count(*)`.mapWith(Number) })
    .from(reports)
    .where(and(eq(reports.reporterId, reporterId), gt(reports.createdAt, since)));
  return row?.n ?? 0;
};
